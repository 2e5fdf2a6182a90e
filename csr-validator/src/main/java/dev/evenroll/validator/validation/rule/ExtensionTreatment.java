package dev.evenroll.validator.validation.rule;

import java.util.List;

/// What becomes of an extension that a request asks for: a row of the table of requested extensions.
///
/// @param extension the extension, or several that are treated alike
/// @param decision passed over, because the profile decides; or refused, by which rule
/// @param source the standard behind it
public record ExtensionTreatment(String extension, String decision, String source) {

    /// All of them.
    public static List<ExtensionTreatment> all() {
        return List.of(
                new ExtensionTreatment(
                        "basicConstraints",
                        "CA=FALSE is passed over, CA=TRUE refused (requested-ca)",
                        "RFC 5280 section 4.2.1.9"),
                new ExtensionTreatment(
                        "keyUsage",
                        "passed over, but refused with keyCertSign or cRLSign (requested-key-usage), and where the profile "
                                + "allows none of it (profile-key-usage)",
                        "RFC 5280 section 4.2.1.3; OCPP 2.0.1 A00.FR.512"),
                new ExtensionTreatment(
                        "extendedKeyUsage",
                        "what the profile has is passed over, clientAuth where it has none; everything else refused "
                                + "(requested-key-purpose)",
                        "RFC 5280 section 4.2.1.12; OCPP 2.0.1 A00.FR.514"),
                new ExtensionTreatment(
                        "subjectAltName",
                        "the device's serial number as directoryName or hardwareModuleName is passed over, under a profile of "
                                + "hosts its host name as dNSName; everything else refused (requested-dns-name, requested-name)",
                        "RFC 5280 section 4.2.1.6; OCPP 2.0.1 A00.FR.511; RFC 4108 section 5"),
                new ExtensionTreatment(
                        String.join(", ", RequestedCertificationAuthority.EXTENSIONS_OF_CAS.values()),
                        "refused (requested-ca)",
                        "RFC 5280 sections 4.2.1.5, 4.2.1.10, 4.2.1.11 and 4.2.1.14"),
                new ExtensionTreatment(
                        String.join(", ", RequestedCriticalExtensions.DECIDED_BY_PROFILE.values()),
                        "passed over, critical or not: the issuer writes them, or leaves them out",
                        "RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.4, 4.2.1.13 and 4.2.2.1; RFC 7633; RFC 6960 "
                                + "section 4.2.2.2.1"),
                new ExtensionTreatment(
                        "any other",
                        "passed over, but refused when it is critical (requested-critical-extension)",
                        "RFC 5280 section 4.2"));
    }
}
