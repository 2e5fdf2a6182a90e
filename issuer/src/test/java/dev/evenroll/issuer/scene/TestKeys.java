package dev.evenroll.issuer.scene;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// Public keys of devices.
public final class TestKeys {

    /// The P-256 key of RFC 6979 appendix A.2.5.
    public static final Der P256 = hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
            + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");

    private static final BigInteger PRIVATE_P256 =
            new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);

    private TestKeys() {}

    /// [#P256] with its private key, which the RFC publishes too.
    public static KeyPair p256() {
        try {
            var factory = KeyFactory.getInstance("EC");
            var key = (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(P256.bytes()));
            return new KeyPair(key, factory.generatePrivate(new ECPrivateKeySpec(PRIVATE_P256, key.getParams())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Der rsa(int bits) {
        return Der.of(Keys.generateRsa(bits).getPublic().getEncoded());
    }

    private static Der hex(String digits) {
        return Der.of(HexFormat.of().parseHex(digits));
    }
}
