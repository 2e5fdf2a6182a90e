package dev.evenroll.pki.lint;

import java.math.BigInteger;
import java.util.List;

/// The serial number is positive, has at most 20 octets (RFC 5280 section 4.1.2.2) and is long enough for 64
/// random bits (CA/Browser Forum Baseline Requirements section 7.1).
///
/// 128 random bits fall short of 64 once in 2^64 certificates; a clock or a counter always does.
final class SerialNumberRule implements TbsRule {
    private static final int LEAST_BITS = 64;
    private static final int MOST_BITS = 159;

    @Override
    public String name() {
        return "serial-number";
    }

    @Override
    public List<String> judge(Examination examined) {
        BigInteger serialNumber = examined.certificate().getSerialNumber().getValue();
        if (serialNumber.signum() <= 0) {
            return List.of("serialNumber: must be positive");
        }
        if (serialNumber.bitLength() > MOST_BITS) {
            return List.of("serialNumber: must have at most 20 octets");
        }
        return serialNumber.bitLength() >= LEAST_BITS
                ? List.of()
                : List.of("serialNumber: is too short to hold 64 random bits; draw it from a secure random generator");
    }
}
