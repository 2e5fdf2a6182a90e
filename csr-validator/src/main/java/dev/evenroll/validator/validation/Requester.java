package dev.evenroll.validator.validation;

import java.security.cert.X509Certificate;

/// Who asks, after the chain has been verified by this service itself.
public sealed interface Requester {

    /// Somebody whose chain leads to an anchor.
    sealed interface Trusted extends Requester {}

    /// A device with the certificate of its manufacturer (IDevID, IEEE 802.1AR).
    ///
    /// @param certificate the IDevID
    /// @param manufacturer name of the trust anchor that the chain leads to
    record Manufactured(X509Certificate certificate, String manufacturer) implements Trusted {}

    /// A device with a certificate of our issuing CA.
    ///
    /// @param certificate the certificate
    /// @param revoked whether it is revoked
    record Certified(X509Certificate certificate, boolean revoked) implements Trusted {}

    /// Somebody trusted, at the operation that takes the other kind of certificate: no word for the
    /// device.
    ///
    /// @param requester who it is
    record Misplaced(Trusted requester) implements Requester {}

    /// Nobody whose word counts.
    ///
    /// @param reason why, as a sentence that begins with the field
    record Untrusted(String reason) implements Requester {}

    /// Nobody has been verified: which anchors the operation needs is not known to this version.
    record OfUnknownOperation() implements Requester {}
}
