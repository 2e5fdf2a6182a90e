package dev.evenroll.issuer.kafka;

import dev.evenroll.pki.Der;
import java.nio.ByteBuffer;

/// DER between the domain's type and Avro's.
final class Bytes {

    private Bytes() {}

    static Der der(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Der.of(bytes);
    }

    static ByteBuffer buffer(Der der) {
        return ByteBuffer.wrap(der.bytes());
    }
}
