package dev.evenroll.revocation.connection;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;

/// The answer to whether a device may connect.
public sealed interface ConnectionOutcome {

    /// It may.
    record Authorized(DeviceId device, CertificateId certificate) implements ConnectionOutcome {}

    /// It may not.
    ///
    /// @param message a sentence for people, which names what was found
    /// @param subject whom it is about: the subject of the certificate; `nobody` when there is none
    record Refused(RefusalReason reason, String message, String subject) implements ConnectionOutcome {}

    /// It may not, because nobody knows: what this replica knows is not complete, or too old.
    ///
    /// @param problem a sentence for people
    record Unanswerable(String problem) implements ConnectionOutcome {}
}
