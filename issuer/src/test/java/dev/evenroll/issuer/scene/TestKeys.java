package dev.evenroll.issuer.scene;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import java.util.HexFormat;

/// Public keys of devices.
public final class TestKeys {

    /// The P-256 key of RFC 6979 appendix A.2.5.
    public static final Der P256 = hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
            + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");

    private TestKeys() {}

    public static Der rsa(int bits) {
        return Der.of(Keys.generateRsa(bits).getPublic().getEncoded());
    }

    private static Der hex(String digits) {
        return Der.of(HexFormat.of().parseHex(digits));
    }
}
