package dev.evenroll.pki.profile;

import java.util.Optional;

/// The name that a certificate is issued to (OCPP 2.0.1 A00.FR.509 and FR.511).
///
/// @param commonName the device's serial number
/// @param organization the name of the charging station operator, where there is one
public record Subject(String commonName, Optional<String> organization) {
    private static final int MAXIMUM_CHARACTERS = 64;

    public Subject {
        requireLength("common name", commonName);
        organization.ifPresent(name -> requireLength("organization", name));
    }

    public static Subject of(String commonName) {
        return new Subject(commonName, Optional.empty());
    }

    public static Subject of(String commonName, String organization) {
        return new Subject(commonName, Optional.of(organization));
    }

    private static void requireLength(String field, String value) {
        if (value.isBlank() || value.length() > MAXIMUM_CHARACTERS) {
            throw new IllegalArgumentException(
                    field + ": must have 1 to " + MAXIMUM_CHARACTERS + " characters (RFC 5280 appendix A.1)");
        }
    }
}
