package dev.evenroll.hsm.key;

import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.util.Map;
import java.util.Optional;

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

    /// How many signatures it makes at a time; who asks for more only waits.
    default int concurrency() {
        return 1;
    }

    /// The algorithm that it signs with.
    SignatureScheme scheme();

    /// Where the key is kept, for logs and health: a file or a token, never a secret.
    String description();

    /// What was wrong with it when it was used last, or is now; empty when nothing is known. Costs nothing.
    default Optional<String> problem() {
        return Optional.empty();
    }

    /// What health tells of it, by name; no secret.
    default Map<String, String> facts() {
        return Map.of();
    }

    @Override
    void close();
}
