package dev.evenroll.pki.issuance;

import dev.evenroll.pki.identity.CertificateId;
import java.math.BigInteger;
import java.security.SecureRandom;

/// The serial number of a certificate: positive, at most 20 octets (RFC 5280 section 4.1.2.2).
public record SerialNumber(BigInteger value) {
    private static final int RANDOM_BITS = 128;
    private static final int MAXIMUM_BITS = 159;

    public SerialNumber {
        if (value.signum() <= 0 || value.bitLength() > MAXIMUM_BITS) {
            throw new IllegalArgumentException("serial number: must be positive and have at most 20 octets");
        }
    }

    /// 128 random bits: neither guessed nor met twice, and never derived from a clock.
    public static SerialNumber random(SecureRandom random) {
        BigInteger value = new BigInteger(RANDOM_BITS, random);
        while (value.signum() == 0) {
            value = new BigInteger(RANDOM_BITS, random);
        }
        return new SerialNumber(value);
    }

    /// Reads what [#hex] wrote.
    public static SerialNumber parse(String hex) {
        try {
            return new SerialNumber(new BigInteger(hex, 16));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("serial number: must be hexadecimal digits", e);
        }
    }

    /// Lower-case hexadecimal digits, as in [CertificateId].
    public String hex() {
        return CertificateId.hex(value);
    }
}
