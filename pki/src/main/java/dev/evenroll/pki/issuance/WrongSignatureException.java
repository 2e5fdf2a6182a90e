package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Certificates;
/// A signature that does not belong to the bytes and the CA key it was made for: a stale handle of a token,
/// or another key behind the same label.
///
/// Nothing was issued. Open the token anew before trying again.

public final class WrongSignatureException extends Exception {
    public WrongSignatureException(String signed, IssuingCertificate issuer) {
        super("the signature over the " + signed + " does not verify with the key of "
                + Certificates.subject(issuer.certificate()) + " (key id " + issuer.keyId()
                + "); check that the signing key belongs to this certificate");
    }
}
