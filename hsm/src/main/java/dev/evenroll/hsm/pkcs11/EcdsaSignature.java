package dev.evenroll.hsm.pkcs11;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/// An ECDSA signature in its two forms: r and s side by side, as tokens give it (PKCS#11 v2.40 section 2.3.1), and the
/// SEQUENCE of certificates (RFC 5480 appendix A).
final class EcdsaSignature {

    private EcdsaSignature() {}

    /// The SEQUENCE.
    ///
    /// @param raw r and s, each as long as the order of the curve
    /// @throws IllegalArgumentException when it is not that
    static byte[] der(byte[] raw, int orderBytes) {
        if (raw.length != 2 * orderBytes) {
            throw new IllegalArgumentException(
                    "the ECDSA signature has " + raw.length + " bytes, not " + 2 * orderBytes);
        }
        var r = new BigInteger(1, Arrays.copyOf(raw, orderBytes));
        var s = new BigInteger(1, Arrays.copyOfRange(raw, orderBytes, raw.length));
        if (r.signum() == 0 || s.signum() == 0) {
            throw new IllegalArgumentException("the ECDSA signature has an r or s of zero");
        }
        try {
            return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)})
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding in memory", e);
        }
    }
}
