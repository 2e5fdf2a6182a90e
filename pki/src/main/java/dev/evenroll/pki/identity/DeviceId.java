package dev.evenroll.pki.identity;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
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
    private static final String SOURCE = "OCPP 2.0.1 A00.FR.511";

    private static final RuleText EMPTY = new RuleText(
            RULE, SOURCE, "an empty device id", "device id: is empty; give the serial number of the device");
    private static final RuleText LONG = new RuleText(
            RULE,
            "RFC 5280 appendix A.1 (ub-common-name)",
            "a device id of more than 64 characters",
            "device id: has <number> characters; at most <most> fit into a common name");
    private static final RuleText URL = new RuleText(
            RULE,
            SOURCE,
            "a device id that looks like a URL",
            "device id: is shaped like a URL; give the serial number of the device");
    private static final RuleText CHARACTERS = new RuleText(
            RULE,
            SOURCE,
            "a device id with other characters",
            "device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit");
    private static final RuleText ADDRESS = new RuleText(
            RULE,
            SOURCE,
            "a device id that looks like an IP address",
            "device id: is shaped like an IP address; give the serial number of the device");

    /// @throws IllegalArgumentException when [#problemWith] has something to say
    public DeviceId {
        problemWith(value).ifPresent(problem -> {
            throw new IllegalArgumentException(problem.message());
        });
    }

    /// What keeps a text from being a device id; empty when nothing does.
    public static Optional<Failure> problemWith(String value) {
        if (value.isEmpty()) {
            return Optional.of(EMPTY.failure());
        }
        if (value.length() > MAXIMUM_CHARACTERS) {
            return Optional.of(LONG.failure(Integer.toString(value.length()), Integer.toString(MAXIMUM_CHARACTERS)));
        }
        if (value.contains("://") || value.startsWith("www.")) {
            return Optional.of(URL.failure());
        }
        if (!SHAPE.matcher(value).matches()) {
            return Optional.of(CHARACTERS.failure());
        }
        if (IPV4.matcher(value).matches()) {
            return Optional.of(ADDRESS.failure());
        }
        return Optional.empty();
    }

    /// Everything that [#problemWith] can say.
    public static List<RuleText> texts() {
        return List.of(EMPTY, LONG, URL, CHARACTERS, ADDRESS);
    }

    @Override
    public String toString() {
        return value;
    }
}
