package dev.evenroll.pki.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.fixture.Mutations;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The native library and Java say the same of every signature and every key, good or damaged.
class ProvidersAgreeTest extends Agreement {

    private static final int DAMAGED = 100;
    private static final long SEED = 20261127;

    @ParameterizedTest
    @MethodSource("signers")
    void eachVerifiesWhatTheOtherSigned(Signer signer) throws Exception {
        for (SignatureProvider provider : List.of(NATIVE, JAVA)) {
            assertThat(agreed(signer.key(), signer.algorithm(), signer.sign(provider)))
                    .isEqualTo(Verdict.GOOD);
        }
    }

    @ParameterizedTest
    @MethodSource("signers")
    void noneVerifiesADamagedSignature(Signer signer) throws Exception {
        byte[] good = signer.sign(JAVA);
        damaged(good)
                .filter(signature -> !Arrays.equals(signature, good))
                .forEach(signature -> assertThat(agreed(signer.key(), signer.algorithm(), signature))
                        .as(HexFormat.of().formatHex(signature))
                        .isNotEqualTo(Verdict.GOOD));
    }

    private static Stream<byte[]> damaged(byte[] good) {
        var random = new Random(SEED);
        Stream<byte[]> flipped = Stream.generate(() -> {
                    byte[] bytes = good.clone();
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                    return bytes;
                })
                .limit(DAMAGED);
        Stream<byte[]> cut = Stream.of(0, 1, good.length - 1, good.length + 1, 2 * good.length)
                .map(length -> Arrays.copyOf(good, length));
        Stream<byte[]> constant = Stream.of(0x00, 0xff).map(value -> {
            byte[] bytes = new byte[good.length];
            Arrays.fill(bytes, value.byteValue());
            return bytes;
        });
        return Stream.of(flipped, cut, constant).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void ofADamagedKeyTheySayTheSame(Signer signer) throws Exception {
        byte[] good = signer.sign(JAVA);
        Mutations.of(Der.of(signer.keys().getPublic().getEncoded()), DAMAGED, SEED)
                .forEach(bytes -> {
                    SubjectPublicKeyInfo key;
                    try {
                        key = SubjectPublicKeyInfo.getInstance(bytes.bytes());
                    } catch (RuntimeException e) {
                        return;
                    }
                    var _ = agreed(key, signer.algorithm(), good);
                });
    }

    /// A key goes with its own algorithms only.
    @Test
    void anotherAlgorithmThanThatOfTheKey() throws Exception {
        for (Signer signer : signers()) {
            for (Signer other : signers()) {
                var _ = agreed(signer.key(), other.algorithm(), signer.sign(JAVA));
            }
        }
    }
}
