package dev.evenroll.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentRequested;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {

    private static final Codec<EnrollmentRequested> CODEC = Codec.of(EnrollmentRequested.class);

    @Test
    void aRecordComesBackAsItWas() throws UndecodableException {
        assertThat(CODEC.decode(CODEC.encode(request()))).isEqualTo(request());
    }

    @Test
    void valuesAreSingleObjectEncoded() {
        assertThat(CODEC.encode(request())).startsWith(0xC3, 0x01);
    }

    @Test
    void anotherRecordIsUndecodable() {
        var other = EnrollmentAuthorized.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(Instant.EPOCH)
                .setEnrollmentId("00")
                .setDeviceId("D1")
                .setProfile("charging-station")
                .setOrganization("Operator")
                .setSubjectPublicKeyInfo(ByteBuffer.wrap(new byte[3]))
                .setReplyPartition(0)
                .build();
        var bytes = Codec.of(EnrollmentAuthorized.class).encode(other);
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("The value is not a well-formed EnrollmentRequested.");
    }

    @Test
    void anUnknownFingerprintIsUndecodable() {
        var bytes = CODEC.encode(request());
        bytes[5] ^= 1;
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("no schema fingerprint that this version knows");
    }

    @Test
    void aTombstoneIsUndecodable() {
        assertThatThrownBy(() -> CODEC.decode(null))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void aClaimedLengthBeyondTheBytesTakesNoMemory() {
        var bytes = Arrays.copyOf(CODEC.encode(request()), 10 + 9);
        // environment: a string of 2^31-1 bytes, in zigzag.
        var length = new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(length, 0, bytes, 10, length.length);
        assertThatThrownBy(() -> CODEC.decode(bytes)).isInstanceOf(UndecodableException.class);
    }

    /// Mutated and cut records are decoded or refused; nothing else escapes.
    @Test
    void hostileBytesAreDecodedOrRefused() {
        var random = new Random(20261122);
        var whole = CODEC.encode(request());
        for (var round = 0; round < 20_000; round++) {
            var bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length + 1) : whole.length);
            for (var change = random.nextInt(4); change >= 0 && bytes.length > 10; change--) {
                bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(CODEC.decode(bytes)).isNotNull();
            } catch (UndecodableException e) {
                assertThat(e).hasMessageContaining("EnrollmentRequested");
            }
        }
    }

    private static EnrollmentRequested request() {
        return EnrollmentRequested.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(Instant.parse("2026-11-22T10:00:00Z"))
                .setEnrollmentId("ab".repeat(32))
                .setDeviceId("EVR-0001")
                .setOperation(EnrollmentOperation.SIMPLE_ENROLL)
                .setCertificationRequest(ByteBuffer.wrap(new byte[] {0x30, 0x00}))
                .setRequesterChain(List.of(ByteBuffer.wrap(new byte[] {0x30, 0x00})))
                .setRemoteAddress("192.0.2.1")
                .setReplyPartition(3)
                .build();
    }
}
