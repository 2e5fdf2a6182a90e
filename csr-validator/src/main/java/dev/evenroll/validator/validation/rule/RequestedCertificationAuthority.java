package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A device does not ask to be a CA.
public final class RequestedCertificationAuthority implements Rule {

    private static final RuleText CA = new RuleText(
            "requested-ca",
            "RFC 5280 section 4.2.1.9; CA/Browser Forum Baseline Requirements 7.1.2.7",
            "a request for basicConstraints with CA=TRUE",
            "requested extensions: basicConstraints says CA=TRUE, and a device is no CA; "
                    + "make the request again without it");
    private static final RuleText ONLY_FOR_CA = new RuleText(
            "requested-ca",
            "RFC 5280 sections 4.2.1.5, 4.2.1.10, 4.2.1.11 and 4.2.1.14",
            "a request for an extension that only CAs have",
            "requested extensions: <extension> is for CAs only; make the request again without it");

    /// By object identifier.
    static final SortedMap<String, String> EXTENSIONS_OF_CAS = new TreeMap<>(Map.of(
            "2.5.29.30", "nameConstraints",
            "2.5.29.33", "policyMappings",
            "2.5.29.36", "policyConstraints",
            "2.5.29.54", "inhibitAnyPolicy"));

    @Override
    public List<RuleText> texts() {
        return List.of(CA, ONLY_FOR_CA);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.extensions().stream()
                .flatMap(extension -> judge(extension).stream())
                .toList();
    }

    /// Whether this rule knows the extension.
    static boolean isAbout(String oid) {
        return EXTENSIONS_OF_CAS.containsKey(oid);
    }

    private static List<Failure> judge(RequestedExtension extension) {
        if (extension instanceof RequestedExtension.BasicConstraints(boolean _, boolean certificationAuthority)) {
            return certificationAuthority ? List.of(CA.failure()) : List.of();
        }
        var name = EXTENSIONS_OF_CAS.get(extension.oid());
        return name == null ? List.of() : List.of(ONLY_FOR_CA.failure(name));
    }
}
