package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;

/// The joining of a prepared certificate and its signature.
///
/// Step 5 of the enrollment cycle.
public final class CertificateAssembly {
    private CertificateAssembly() {}

    /// The finished certificate, DER.
    ///
    /// @param tbsCertificate what was prepared and linted
    /// @param scheme how it was signed
    /// @param signature what the token returned; verified here with the CA's public key
    /// @throws WrongSignatureException when it does not verify
    public static Der assemble(Der tbsCertificate, SignatureScheme scheme, byte[] signature, IssuingCertificate issuer)
            throws WrongSignatureException {
        return SignedStructure.assemble("TBSCertificate", tbsCertificate, scheme, signature, issuer);
    }
}
