package dev.evenroll.issuer.signing;

import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;

/// The private key of an issuing CA, wherever it is kept. It never leaves: bytes go in, signatures come out.
///
/// Safe for use by many threads. A signature is not trusted because it came from here: whoever asked for it verifies
/// it.
public interface IssuingKey extends AutoCloseable {

    /// Signs a TBSCertificate or TBSCertList that has been admitted by its linter.
    ///
    /// @param tbs exactly the bytes to sign, DER
    /// @return the signature as it stands in the BIT STRING of the certificate
    /// @throws SigningFaultException when the key can not be used now; nothing was issued, it may be tried again
    byte[] sign(byte[] tbs) throws SigningFaultException;

    /// Proves that this key belongs to a certificate: signs a fixed text, which is no DER and so can be
    /// neither certificate nor CRL, and verifies that with the certificate's public key.
    ///
    /// @throws SigningFaultException when the key can not be used now, or belongs to another certificate
    void prove(IssuingCertificate certificate) throws SigningFaultException;

    /// The algorithm that it signs with.
    SignatureScheme scheme();

    /// Where the key is kept, for logs and health: a file or a token, never a secret.
    String description();

    @Override
    void close();
}
