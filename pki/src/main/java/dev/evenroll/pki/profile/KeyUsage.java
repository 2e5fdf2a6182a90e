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

    static Optional<KeyUsage> named(String text) {
        return Arrays.stream(values()).filter(usage -> usage.text.equals(text)).findFirst();
    }
}
