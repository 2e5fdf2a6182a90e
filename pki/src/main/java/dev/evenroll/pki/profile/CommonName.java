package dev.evenroll.pki.profile;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the common name is: always the device id of the registry, of a shape.
public enum CommonName {
    /// The unique serial number of a charging station (OCPP 2.0.1 A00.FR.511): any device id.
    SERIAL_NUMBER("serialNumber", "rehearsal", "a serial number", Pattern.compile(".*")),
    /// The id of an EVSE's controller, `ISO15118Ctrlr.SeccId` (OCPP 2.0.1 part 2). A dot would make it a host's name.
    SECC_ID("seccId", "rehearsal", "a SECC id of letters, digits and '-'", Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*")),
    /// The fully qualified name of a host (RFC 1123 section 2.1), which is its one dNSName too (RFC 9525 section 2).
    FQDN(
            "fqdn",
            "rehearsal.example",
            "a fully qualified host name without a wildcard, like csms.example.com",
            Pattern.compile(
                    "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"));

    private final String text;
    private final String example;
    private final String described;
    private final Pattern shape;

    CommonName(String text, String example, String described, Pattern shape) {
        this.text = text;
        this.example = example;
        this.described = described;
        this.shape = shape;
    }

    /// As it stands in a file of profiles.
    public String text() {
        return text;
    }

    /// A device id of this shape that no device has.
    public String example() {
        return example;
    }

    /// In words, for whoever has another.
    public String described() {
        return described;
    }

    /// Whether a device id has the shape.
    public boolean fits(String deviceId) {
        return shape.matcher(deviceId).matches();
    }

    static Optional<CommonName> named(String text) {
        return Arrays.stream(values()).filter(shape -> shape.text.equals(text)).findFirst();
    }
}
