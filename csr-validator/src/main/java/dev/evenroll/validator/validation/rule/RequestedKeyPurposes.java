package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A device asks for no purpose of its key but those of its certificate profile. Under a profile that names none (OCPP
/// 2.0.1 A00.FR.512 and FR.514 advise against the extension) it may ask for that of a TLS client: its certificate is
/// good for that.
public final class RequestedKeyPurposes implements AboutDevice {

    private static final RuleText OTHER_PURPOSE = new RuleText(
            "requested-key-purpose",
            "RFC 5280 section 4.2.1.12; RFC 6402 section 2.10; OCPP 2.0.1 A00.FR.514",
            "a request for an extended key usage that the device's certificate profile does not have; where that has "
                    + "none: any but clientAuth",
            "requested extensions: extendedKeyUsage has <purposes>, and under the profile <profile> a device gets none "
                    + "but <allowed>; make the request again without it");

    private static final List<String> WHERE_NONE_IS_NAMED = List.of(KeyPurpose.CLIENT_AUTH);

    private static final Map<String, String> NAMES = Map.of(
            KeyPurpose.CLIENT_AUTH,
            "clientAuth",
            KeyPurpose.SERVER_AUTH,
            "serverAuth",
            KeyPurpose.CMC_RA,
            "cmcRA",
            "2.5.29.37.0",
            "anyExtendedKeyUsage",
            "1.3.6.1.5.5.7.3.3",
            "codeSigning",
            "1.3.6.1.5.5.7.3.4",
            "emailProtection",
            "1.3.6.1.5.5.7.3.8",
            "timeStamping",
            KeyPurpose.OCSP_SIGNING,
            "OCSPSigning",
            "1.3.6.1.5.5.7.3.27",
            "cmcCA");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_PURPOSE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.certificateProfile().stream()
                .flatMap(profile -> judge(profile, enrollment).stream())
                .toList();
    }

    private static List<Failure> judge(Profile profile, EnrollmentCase enrollment) {
        var allowed = profile.extendedKeyUsages().isEmpty() ? WHERE_NONE_IS_NAMED : profile.extendedKeyUsages();
        var others = enrollment.extensions().stream()
                .filter(RequestedExtension.ExtendedKeyUsage.class::isInstance)
                .map(RequestedExtension.ExtendedKeyUsage.class::cast)
                .flatMap(extension -> extension.purposes().stream())
                .filter(purpose -> !allowed.contains(purpose))
                .toList();
        return others.isEmpty()
                ? List.of()
                : List.of(OTHER_PURPOSE.failure(names(others), profile.name(), names(allowed)));
    }

    private static String names(List<String> purposes) {
        return purposes.stream()
                .map(purpose -> NAMES.getOrDefault(purpose, purpose))
                .collect(Collectors.joining(", "));
    }
}
