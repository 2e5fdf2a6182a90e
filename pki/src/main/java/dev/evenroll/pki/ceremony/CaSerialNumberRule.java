package dev.evenroll.pki.ceremony;

import java.util.List;

/// The serial number is positive, has at most 20 octets (RFC 5280 section 4.1.2.2) and is long enough for 64
/// random bits (CA/Browser Forum Baseline Requirements section 7.1): 128 are drawn.
final class CaSerialNumberRule implements CaRule {

    private static final int LEAST_BITS = 64;
    private static final int MOST_BITS = 159;

    @Override
    public String name() {
        return "serial-number";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        int bits = examined.certificate().getSerialNumber().getValue().bitLength();
        return examined.certificate().getSerialNumber().getValue().signum() > 0
                        && bits >= LEAST_BITS
                        && bits <= MOST_BITS
                ? List.of()
                : List.of("serialNumber: must be positive, of 64 random bits at least and of 20 octets at most");
    }
}
