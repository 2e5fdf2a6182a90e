package dev.evenroll.pki.asn1;

/// Writes values in DER from parts that are encoded already (X.690 section 8.1).
///
/// ```
/// length = 00..7f | 81 80..ff | 82 0100..ffff | 83 010000..ffffff | 84 01000000..7fffffff
/// ```
public final class DerWriter {
    private static final int SHORT_LENGTHS = 0x80;
    private static final int LONG_FORM = 0x80;

    private DerWriter() {}

    /// A value with a tag of one octet.
    ///
    /// @throws ArithmeticException when the parts are longer than an array can be
    public static byte[] tagged(int tag, byte[]... parts) {
        int length = length(parts);
        int lengthBytes = length < SHORT_LENGTHS ? 0 : (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        byte[] value = new byte[Math.addExact(2 + lengthBytes, length)];
        value[0] = (byte) tag;
        value[1] = (byte) (lengthBytes == 0 ? length : LONG_FORM | lengthBytes);
        for (int i = 0; i < lengthBytes; i++) {
            value[2 + i] = (byte) (length >>> (Byte.SIZE * (lengthBytes - 1 - i)));
        }
        join(value, 2 + lengthBytes, parts);
        return value;
    }

    /// The parts, one behind the other.
    public static byte[] joined(byte[]... parts) {
        byte[] all = new byte[length(parts)];
        join(all, 0, parts);
        return all;
    }

    private static int length(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        return length;
    }

    private static void join(byte[] into, int from, byte[]... parts) {
        int position = from;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, into, position, part.length);
            position += part.length;
        }
    }
}
