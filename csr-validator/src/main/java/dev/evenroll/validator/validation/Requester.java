package dev.evenroll.validator.validation;

import java.security.cert.X509Certificate;

/// Who asks, after the chain has been verified by this service itself.
public sealed interface Requester {

    /// A device with the certificate of its manufacturer (IDevID, IEEE 802.1AR).
    ///
    /// @param certificate the IDevID
    /// @param manufacturer name of the trust anchor that the chain leads to
    record Manufactured(X509Certificate certificate, String manufacturer) implements Requester {}

    /// A device with a certificate of our issuing CA.
    record Certified(X509Certificate certificate) implements Requester {}

    /// Nobody whose word counts.
    ///
    /// @param reason why, as a sentence that begins with the field
    record Untrusted(String reason) implements Requester {}
}
