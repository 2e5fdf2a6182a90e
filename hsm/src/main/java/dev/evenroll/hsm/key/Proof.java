package dev.evenroll.hsm.key;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.nio.charset.StandardCharsets;

/// That a key belongs to a certificate, shown by a signature over a text that is neither a certificate nor a CRL.
public final class Proof {

    private static final byte[] TEST_TEXT =
            "evenroll: a test signature; neither a certificate nor a CRL".getBytes(StandardCharsets.US_ASCII);

    private Proof() {}

    /// A key that signs.
    public interface Signing {
        byte[] signature(byte[] bytes) throws SigningFaultException;
    }

    /// Lets the key sign and verifies that with the certificate's public key.
    ///
    /// @param description of the key, for the message
    /// @throws SigningFaultException when it does not sign, or belongs to another certificate
    public static void of(String description, IssuingCertificate claimed, Signing key) throws SigningFaultException {
        byte[] signature = key.signature(TEST_TEXT.clone());
        if (!claimed.verifies(Der.of(TEST_TEXT), signature)) {
            throw new SigningFaultException(
                    "A test signature with the " + description + " does not verify with the certificate of " + claimed
                            + "; give the CA its own key.",
                    null);
        }
    }
}
