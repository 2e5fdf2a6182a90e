package dev.evenroll.gateway.authentication;

import java.time.Instant;

/// What the certificates of a client are worth.
public sealed interface AuthenticationResult {

    /// They are good.
    record Authenticated(CertificateHolder requester) implements AuthenticationResult {}

    /// The device's own certificate, good but for its age: whether it may still ask for the next one, csr-validator
    /// decides. It may ask for nothing else.
    ///
    /// @param since end of its validity
    record Expired(CertificateHolder requester, Instant since) implements AuthenticationResult {}

    /// There are none.
    record Anonymous() implements AuthenticationResult {}

    /// They prove nothing to us.
    ///
    /// @param subject subject of the client's certificate, printable
    /// @param reason why, in a sentence
    record Untrusted(String subject, String reason) implements AuthenticationResult {}

    /// The client's certificate was good and has been revoked.
    ///
    /// @param subject subject of the client's certificate, printable
    /// @param certificateId the certificate: issuer key id, hyphen, serial number
    record Revoked(String subject, String certificateId) implements AuthenticationResult {}

    /// It can not be told now: nobody is let in.
    ///
    /// @param reason why, in a sentence
    record Undecided(String reason) implements AuthenticationResult {}
}
