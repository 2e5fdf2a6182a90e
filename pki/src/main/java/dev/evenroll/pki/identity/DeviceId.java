package dev.evenroll.pki.identity;

import dev.evenroll.pki.Failure;
import java.util.Optional;
import java.util.regex.Pattern;

/// The serial number of a device: the common name of its certificates (OCPP 2.0.1 A00.FR.511).
///
/// 1 to 64 characters of `A-Z a-z 0-9 . _ -`, the first a letter or a digit; not shaped like an IP address or
/// a URL.
public record DeviceId(String value) {
    /// The upper bound of a common name (RFC 5280 appendix A.1, ub-common-name).
    static final int MAXIMUM_CHARACTERS = 64;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final String RULE = "device-id";

    /// @throws IllegalArgumentException when [#problemWith] has something to say
    public DeviceId {
        problemWith(value).ifPresent(problem -> {
            throw new IllegalArgumentException(problem.message());
        });
    }

    /// What keeps a text from being a device id; empty when nothing does.
    public static Optional<Failure> problemWith(String value) {
        if (value.isEmpty()) {
            return failure("device id: is empty; give the serial number of the device");
        }
        if (value.length() > MAXIMUM_CHARACTERS) {
            return failure("device id: has " + value.length() + " characters; at most " + MAXIMUM_CHARACTERS
                    + " fit into a common name");
        }
        if (value.contains("://") || value.startsWith("www.")) {
            return failure("device id: is shaped like a URL; give the serial number of the device");
        }
        if (!SHAPE.matcher(value).matches()) {
            return failure(
                    "device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit");
        }
        if (IPV4.matcher(value).matches()) {
            return failure("device id: is shaped like an IP address; give the serial number of the device");
        }
        return Optional.empty();
    }

    private static Optional<Failure> failure(String message) {
        return Optional.of(new Failure(RULE, message));
    }

    @Override
    public String toString() {
        return value;
    }
}
