/// The CA's decision about one certificate revocation list: admit, issue. Pure: no Kafka, no framework, no clock of its
/// own.
@NullMarked
package dev.evenroll.issuer.crl;

import org.jspecify.annotations.NullMarked;
