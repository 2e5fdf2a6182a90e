package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.issuance.SignedStructure;
import dev.evenroll.pki.issuance.WrongSignatureException;

/// The joining of a prepared revocation list and its signature.
public final class CrlAssembly {
    private CrlAssembly() {}

    /// The finished list, DER (CertificateList, RFC 5280 section 5.1).
    ///
    /// @param tbsCertList what was prepared and linted
    /// @param scheme how it was signed
    /// @param signature what the token returned; verified here with the CA's public key
    /// @throws WrongSignatureException when it does not verify
    public static Der assemble(Der tbsCertList, SignatureScheme scheme, byte[] signature, IssuingCertificate issuer)
            throws WrongSignatureException {
        return SignedStructure.assemble("TBSCertList", tbsCertList, scheme, signature, issuer);
    }
}
