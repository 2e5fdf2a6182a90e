package dev.evenroll.pki.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.fixture.Mutations;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever comes, there is a value or a MalformedException.
class OcspHostileInputTest {
    private static final Der REQUEST =
            Der.of(new OcspRequest(List.of(OcspScene.SHA1, OcspScene.SHA256), Optional.of(OcspScene.NONCE)).encode());
    private static final Der ANSWER = Der.of(answer());

    /// What passes is a request like any other: it is written in one way.
    @Test
    void aDamagedRequest() throws Exception {
        for (Der damaged : damaged(REQUEST, 61).toList()) {
            Optional<OcspRequest> request = request(damaged.bytes());
            if (request.isPresent()) {
                byte[] written = request.get().encode();
                assertThat(OcspRequest.read(written)).isEqualTo(request.get());
                request.get().certificates().forEach(each -> {
                    assertThat(each.isOf(OcspScene.ISSUER)).isIn(true, false);
                    assertThat(each.certificateId(OcspScene.ISSUER)).isNotNull();
                });
            }
        }
    }

    @Test
    void aFlippedBitChangesTheRequestOrItsForm() {
        byte[] good = REQUEST.bytes();
        flipped(good)
                .forEach(bytes -> request(bytes)
                        .ifPresent(request -> assertThat(request.encode()).isNotEqualTo(good)));
    }

    /// Nothing that is said of a certificate can be changed without the key of the responder.
    @Test
    void aDamagedAnswerSaysTheSameOrIsNotBelieved() throws Exception {
        var good = (OcspAnswer.Signed) OcspAnswer.read(ANSWER.bytes());
        Stream.concat(damaged(ANSWER, 62), flipped(ANSWER.bytes()).map(Der::of)).forEach(damaged -> {
            if (answer(damaged.bytes()).orElse(null) instanceof OcspAnswer.Signed answer
                    && answer.problems(OcspScene.ISSUER, OcspScene.NOW).isEmpty()) {
                assertThat(answer.singles()).isEqualTo(good.singles());
                assertThat(answer.nonce()).isEqualTo(good.nonce());
                assertThat(answer.producedAt()).isEqualTo(good.producedAt());
            }
        });
    }

    @Test
    void randomBytes() {
        var random = new Random(63);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = 0x30;
                bytes[1] = (byte) (bytes.length - 2);
            }
            request(bytes);
            answer(bytes);
        }
    }

    private static Stream<Der> damaged(Der good, long seed) {
        return Mutations.of(good, 3000, seed);
    }

    private static Stream<byte[]> flipped(byte[] good) {
        return IntStream.range(0, good.length * Byte.SIZE).mapToObj(bit -> {
            byte[] bytes = good.clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            return bytes;
        });
    }

    private static Optional<OcspRequest> request(byte[] bytes) {
        try {
            return Optional.of(OcspRequest.read(bytes));
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private static Optional<OcspAnswer> answer(byte[] bytes) {
        try {
            return Optional.of(OcspAnswer.read(bytes));
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private static byte[] answer() {
        try {
            return OcspScene.SIGNER.sign(OcspScene.singles(), Optional.of(OcspScene.NONCE), OcspScene.NOW);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
