package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import org.apache.avro.specific.SpecificRecordBase;

/// Tells one kind of event in the words of the audit log. No secrets, and no bytes of requests or
/// certificates.
@FunctionalInterface
interface Translation<T extends SpecificRecordBase> {

    AuditFact tell(T event);
}
