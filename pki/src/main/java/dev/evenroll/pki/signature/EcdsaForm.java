package dev.evenroll.pki.signature;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;

/// The form of an ECDSA signature: `SEQUENCE { r INTEGER, s INTEGER }` in DER (RFC 3279 section 2.2.3), both from 1 to
/// the order of the curve less 1 (FIPS 186-5 section 6.4.2).
///
/// ```
/// signature = 30 length number number       length = 00..7f | 81 80..ff
/// number    = 02 length bytes               bytes: no sign, no zero in front that is not needed
/// ```
///
/// Providers differ in what else they take. It is looked at here, so that all of them say the same.
final class EcdsaForm {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int LONG_LENGTH = 0x81;
    private static final int LONGEST_SHORT_LENGTH = 0x7f;

    private final byte[] signature;
    private int position;

    private EcdsaForm(byte[] signature) {
        this.signature = signature;
    }

    /// @param order of the curve
    /// @throws SignatureException when the bytes are no signature of any message
    static void require(byte[] signature, BigInteger order) throws SignatureException {
        new EcdsaForm(signature).require(order);
    }

    private void require(BigInteger order) throws SignatureException {
        begin(SEQUENCE, signature.length);
        requireNumber(order);
        requireNumber(order);
        if (position != signature.length) {
            throw none();
        }
    }

    private void requireNumber(BigInteger order) throws SignatureException {
        int length = begin(INTEGER, 0);
        if (length == 0 || signature[position] < 0) {
            throw none();
        }
        if (length > 1 && signature[position] == 0 && signature[position + 1] >= 0) {
            throw none();
        }
        var number = new BigInteger(Arrays.copyOfRange(signature, position, position + length));
        if (number.signum() == 0 || number.compareTo(order) >= 0) {
            throw none();
        }
        position += length;
    }

    /// Reads a tag and a length, and returns the length.
    ///
    /// @param end where the value has to end; 0 when only within the signature
    private int begin(int tag, int end) throws SignatureException {
        if (next() != tag) {
            throw none();
        }
        int length = next();
        if (length == LONG_LENGTH) {
            length = next();
            if (length <= LONGEST_SHORT_LENGTH) {
                throw none();
            }
        } else if (length > LONGEST_SHORT_LENGTH) {
            throw none();
        }
        if (length > signature.length - position || (end != 0 && position + length != end)) {
            throw none();
        }
        return length;
    }

    private int next() throws SignatureException {
        if (position == signature.length) {
            throw none();
        }
        return Byte.toUnsignedInt(signature[position++]);
    }

    private static SignatureException none() {
        return new SignatureException("the bytes are no ECDSA signature in DER");
    }
}
