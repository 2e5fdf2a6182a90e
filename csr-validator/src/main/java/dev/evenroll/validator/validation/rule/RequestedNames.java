package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.pki.request.RequestedName;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A device asks for no name but its own. Its serial number may be said again, as a directoryName or as a
/// hardwareModuleName; the certificate names it once, in the CN. Under a profile of hosts the device's id may be
/// said as a dNSName, which the certificate has too.
public final class RequestedNames implements Rule {

    private static final RuleText DNS_NAME = new RuleText(
            "requested-dns-name",
            "OCPP 2.0.1 A00.FR.511: a station is known by its serial number; no dNSName",
            "a request for a dNSName, whatever it says, where the device's certificate profile is not for hosts",
            "requested extensions: subjectAltName has the dNSName \"<name>\", and a device of the profile <profile> "
                    + "gets none; make the request again without it");
    private static final RuleText OTHER_HOST = new RuleText(
            "requested-dns-name",
            "RFC 5280 section 4.2.1.6: the CA verifies each part of subjectAltName; RFC 9525 section 2",
            "a request for a dNSName that is not the device's id, where its certificate profile is for hosts",
            "requested extensions: subjectAltName has the dNSName \"<name>\", which is not the host name <device>; "
                    + "make the request again without it");
    private static final RuleText OTHER_NAME = new RuleText(
            "requested-name",
            "RFC 5280 section 4.2.1.6: the CA verifies each part of subjectAltName; RFC 4108 section 5",
            "a request for any other name than the device's serial number: addresses, URIs, names of other devices",
            "requested extensions: subjectAltName has the <form> \"<name>\", which is not the serial number <device>; "
                    + "make the request again without it");

    /// So many are spoken of: a request has room for a thousand.
    private static final int MOST = 5;

    private static final Set<String> FORMS_OF_DEVICES = Set.of(RequestedName.DIRECTORY, RequestedName.HARDWARE_MODULE);

    @Override
    public List<RuleText> texts() {
        return List.of(DNS_NAME, OTHER_HOST, OTHER_NAME);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var device = enrollment.deviceId().value();
        var profile = enrollment.certificateProfile();
        return enrollment.extensions().stream()
                .filter(RequestedExtension.SubjectAlternativeName.class::isInstance)
                .map(RequestedExtension.SubjectAlternativeName.class::cast)
                .flatMap(extension -> extension.names().stream())
                .filter(name ->
                        !(FORMS_OF_DEVICES.contains(name.form()) && name.value().equals(device)))
                .flatMap(name -> failure(name, device, profile).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /// Whether a dNSName is refused depends on what the registry holds of the device.
    @Override
    public List<Failure> told(EnrollmentCase enrollment, List<Failure> found) {
        return enrollment.requesterSpeaksForDevice()
                ? found
                : found.stream()
                        .filter(failure -> !failure.rule().equals(DNS_NAME.rule()))
                        .toList();
    }

    private static Optional<Failure> failure(RequestedName name, String device, Optional<Profile> profile) {
        if (!name.form().equals(RequestedName.DNS)) {
            return Optional.of(OTHER_NAME.failure(name.form(), name.value(), device));
        }
        return profile.flatMap(itsProfile -> failure(name.value(), device, itsProfile));
    }

    private static Optional<Failure> failure(String host, String device, Profile profile) {
        if (!profile.subject().dnsName()) {
            return Optional.of(DNS_NAME.failure(host, profile.name()));
        }
        // Host names have no case (RFC 4343).
        return host.equalsIgnoreCase(device) ? Optional.empty() : Optional.of(OTHER_HOST.failure(host, device));
    }
}
