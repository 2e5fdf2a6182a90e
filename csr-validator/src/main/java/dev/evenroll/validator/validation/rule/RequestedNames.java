package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.pki.request.RequestedName;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Set;

/// A device asks for no name but its own. Its serial number may be said again, as a directoryName or as a
/// hardwareModuleName; the certificate names it once, in the CN.
public final class RequestedNames implements Rule {

    private static final RuleText DNS_NAME = new RuleText(
            "requested-dns-name",
            "OCPP 2.0.1 A00.FR.511: a station is known by its serial number; no dNSName",
            "a request for a dNSName, whatever it says",
            "requested extensions: subjectAltName has the dNSName \"<name>\", and a charging station gets none; "
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
        return List.of(DNS_NAME, OTHER_NAME);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var device = enrollment.deviceId().value();
        return enrollment.extensions().stream()
                .filter(RequestedExtension.SubjectAlternativeName.class::isInstance)
                .map(RequestedExtension.SubjectAlternativeName.class::cast)
                .flatMap(extension -> extension.names().stream())
                .filter(name ->
                        !(FORMS_OF_DEVICES.contains(name.form()) && name.value().equals(device)))
                .map(name -> failure(name, device))
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static Failure failure(RequestedName name, String device) {
        return name.form().equals(RequestedName.DNS)
                ? DNS_NAME.failure(name.value())
                : OTHER_NAME.failure(name.form(), name.value(), device);
    }
}
