package dev.evenroll.pki.profile;

import java.util.Arrays;
import java.util.Optional;

/// What the key of a device may be used for (RFC 5280 section 4.2.1.3).
///
/// `keyCertSign` and `cRLSign` are left out: a profile of devices can not express them.
public enum KeyUsage {
    DIGITAL_SIGNATURE("digitalSignature", 0x80),
    NON_REPUDIATION("nonRepudiation", 0x40),
    KEY_ENCIPHERMENT("keyEncipherment", 0x20),
    DATA_ENCIPHERMENT("dataEncipherment", 0x10),
    KEY_AGREEMENT("keyAgreement", 0x08);

    private final String text;
    private final int bit;

    KeyUsage(String text, int bit) {
        this.text = text;
        this.bit = bit;
    }

    /// The name in the standard.
    public String text() {
        return text;
    }

    /// The bit in the first octet of the BIT STRING.
    public int bit() {
        return bit;
    }

    /// Whether keys of a kind can be used so: RSA keys do not agree on keys (RFC 4055 section 1.2), those on curves
    /// do not encipher (RFC 8813 section 3), Edwards (RFC 9295 section 3) and ML-DSA keys (RFC 9881 section 5) only
    /// sign.
    public boolean fits(KeyKind kind) {
        return switch (this) {
            case DIGITAL_SIGNATURE, NON_REPUDIATION -> true;
            case KEY_ENCIPHERMENT, DATA_ENCIPHERMENT -> kind == KeyKind.RSA;
            case KEY_AGREEMENT -> kind == KeyKind.P_256 || kind == KeyKind.P_384 || kind == KeyKind.P_521;
        };
    }

    static Optional<KeyUsage> named(String text) {
        return Arrays.stream(values()).filter(usage -> usage.text.equals(text)).findFirst();
    }
}
