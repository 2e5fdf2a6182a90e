package dev.evenroll.pki.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmSignatureTest {
    private static final KeyPair RSA = Keys.generateRsa(2048);
    private static final Der SIGNED = Der.of(new byte[] {1, 2, 3});

    /// With a salt as long as the digest, as TPMs make it now, and as long as fits, as older ones do; no other.
    @ParameterizedTest
    @CsvSource({
        "0x000b, SHA-256, 32, true",
        "0x000b, SHA-256, 222, true",
        "0x000c, SHA-384, 48, true",
        "0x000d, SHA-512, 64, true",
        "0x000d, SHA-512, 190, true",
        "0x000b, SHA-256, 20, false"
    })
    void pssVerifiesWithTheSaltsOfTpms(String hash, String digest, int saltBytes, boolean verifies) throws Exception {
        var signature = BouncyCastle.signature("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltBytes, 1));
        signature.initSign(RSA.getPrivate());
        signature.update(SIGNED.bytes());
        byte[] value = signature.sign();
        var marshalled = ByteBuffer.allocate(6 + value.length)
                .putShort((short) 0x0016)
                .putShort(Integer.decode(hash).shortValue())
                .putShort((short) value.length)
                .put(value)
                .array();

        assertThat(TpmSignature.read(Der.of(marshalled)).verifies(RSA.getPublic(), SIGNED))
                .isEqualTo(verifies);
    }

    @Test
    void aKeyOfAnotherAlgorithmHasMadeNone() throws Exception {
        var curve = Keys.generateP256();
        var ecdsa = TpmSignature.read(SimulatedTpm.sign(curve, SIGNED));
        var rsa = TpmSignature.read(SimulatedTpm.sign(RSA, SIGNED));
        assertThat(ecdsa.verifies(curve.getPublic(), SIGNED)).isTrue();
        assertThat(ecdsa.verifies(RSA.getPublic(), SIGNED)).isFalse();
        assertThat(rsa.verifies(RSA.getPublic(), SIGNED)).isTrue();
        assertThat(rsa.verifies(curve.getPublic(), SIGNED)).isFalse();
        assertThat(rsa.verifies(Keys.generateEd25519().getPublic(), SIGNED)).isFalse();
    }
}
