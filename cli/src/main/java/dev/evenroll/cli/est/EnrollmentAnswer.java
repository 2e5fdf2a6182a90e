package dev.evenroll.cli.est;

import java.security.cert.X509Certificate;
import java.time.Duration;

/// What an EST server answers to simpleenroll and simplereenroll.
public sealed interface EnrollmentAnswer {

    /// A final answer.
    sealed interface Decided extends EnrollmentAnswer {}

    /// The certificate (RFC 7030 section 4.2.3).
    record Issued(X509Certificate certificate) implements Decided {}

    /// No certificate, in the server's words.
    ///
    /// @param status HTTP status, 400 to 499
    /// @param text what the server said, printable; lines as sent
    record Refused(int status, String text) implements Decided {}

    /// Not decided yet: the same request is to be sent again (RFC 7030 section 4.2.3, 202).
    record Later(Duration retryAfter) implements EnrollmentAnswer {}
}
