package dev.evenroll.pki.asn1;

import dev.evenroll.pki.MalformedException;

/// The tags and lengths of one DER element and of everything nested in it.
///
/// ```
/// element = tag length content
/// tag     = one octet; numbers above 30 do not occur in X.509
/// length  = 0..127 in one octet, else 0x81..0x84 and that many octets minus 0x80, without leading zeros
/// content = element*  when tag has the bit 0x20, else octets
/// ```
///
/// Source: X.690 sections 8.1 and 10.1.
public final class DerFrame {
    /// The deepest structure of X.509 (a distribution point inside a certificate) needs about a dozen levels.
    static final int MAXIMUM_DEPTH = 32;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int MAXIMUM_LENGTH_OCTETS = 4;

    private final byte[] bytes;
    private final String field;
    private int position;

    private DerFrame(byte[] bytes, String field) {
        this.bytes = bytes;
        this.field = field;
    }

    /// Walks the whole of the bytes.
    ///
    /// @throws MalformedException when they are not exactly one element of definite, minimal lengths, nested
    ///     at most 32 levels
    public static void check(byte[] bytes, String field) throws MalformedException {
        var frame = new DerFrame(bytes, field);
        if (bytes.length == 0) {
            throw frame.malformed("is empty");
        }
        frame.element(bytes.length, 0);
        if (frame.position != bytes.length) {
            throw frame.malformed((bytes.length - frame.position) + " bytes follow its end; send it alone");
        }
    }

    private void element(int end, int depth) throws MalformedException {
        if (depth > MAXIMUM_DEPTH) {
            throw malformed("is nested more than " + MAXIMUM_DEPTH + " levels deep");
        }
        int tag = octet(end);
        if ((tag & LONG_TAG) == LONG_TAG) {
            throw malformed("has a tag number above 30 at offset " + (position - 1));
        }
        int contentEnd = contentEnd(end);
        if ((tag & CONSTRUCTED) == 0) {
            position = contentEnd;
        } else {
            while (position < contentEnd) {
                element(contentEnd, depth + 1);
            }
        }
    }

    private int contentEnd(int end) throws MalformedException {
        int at = position;
        long length = octet(end);
        if (length > 0x7f) {
            int octets = (int) length - 0x80;
            if (octets == 0 || octets > MAXIMUM_LENGTH_OCTETS) {
                throw malformed("has an indefinite or oversized length at offset " + at + "; encode it as DER");
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | octet(end);
            }
            if (length <= 0x7f || (length >>> (8 * (octets - 1))) == 0) {
                throw malformed("has a length that is not minimal at offset " + at + "; encode it as DER");
            }
        }
        if (length > end - position) {
            throw malformed("is cut off: the element at offset " + (at - 1) + " claims " + length + " bytes, "
                    + (end - position) + " are there");
        }
        return position + (int) length;
    }

    private int octet(int end) throws MalformedException {
        if (position >= end) {
            throw malformed("is cut off at offset " + position);
        }
        return bytes[position++] & 0xff;
    }

    private MalformedException malformed(String reason) {
        return new MalformedException(field, reason);
    }
}
