package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A device asks for no purpose of its key but that of a TLS client; whether the certificate says even that, the
/// profile decides (OCPP 2.0.1 A00.FR.512 and FR.514 advise against the extension).
public final class RequestedKeyPurposes implements Rule {

    private static final RuleText OTHER_PURPOSE = new RuleText(
            "requested-key-purpose",
            "RFC 5280 section 4.2.1.12; RFC 6402 section 2.10; OCPP 2.0.1 A00.FR.514",
            "a request for an extended key usage other than clientAuth: serverAuth, anyExtendedKeyUsage, OCSPSigning, "
                    + "cmcRA and all others",
            "requested extensions: extendedKeyUsage has <purposes>, and a device gets none but clientAuth; "
                    + "make the request again without it");

    private static final Set<String> HARMLESS = Set.of(KeyPurpose.CLIENT_AUTH);

    private static final Map<String, String> NAMES = Map.of(
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
            "1.3.6.1.5.5.7.3.9",
            "OCSPSigning",
            "1.3.6.1.5.5.7.3.27",
            "cmcCA");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_PURPOSE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var purposes = enrollment.extensions().stream()
                .filter(RequestedExtension.ExtendedKeyUsage.class::isInstance)
                .map(RequestedExtension.ExtendedKeyUsage.class::cast)
                .flatMap(extension -> extension.purposes().stream())
                .filter(purpose -> !HARMLESS.contains(purpose))
                .map(purpose -> NAMES.getOrDefault(purpose, purpose))
                .collect(Collectors.joining(", "));
        return purposes.isEmpty() ? List.of() : List.of(OTHER_PURPOSE.failure(purposes));
    }
}
