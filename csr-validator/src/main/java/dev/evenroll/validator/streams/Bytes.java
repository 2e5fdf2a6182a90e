package dev.evenroll.validator.streams;

import dev.evenroll.pki.Der;
import java.nio.ByteBuffer;

/// Bytes of Avro records as DER.
final class Bytes {

    private Bytes() {}

    /// A copy; the buffer keeps its position.
    static Der der(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Der.of(bytes);
    }
}
