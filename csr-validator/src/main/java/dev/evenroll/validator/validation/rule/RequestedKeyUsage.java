package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A device does not ask to sign certificates or CRLs. Of other uses of the key [ProfileKeyUsage] speaks.
public final class RequestedKeyUsage implements Rule {

    private static final RuleText SIGNS_CERTIFICATES = new RuleText(
            "requested-key-usage",
            "RFC 5280 section 4.2.1.3: keyCertSign and cRLSign are for CAs",
            "a request for the key usages keyCertSign or cRLSign",
            "requested extensions: keyUsage has <usages>, which is for CAs only; make the request again without it");

    private static final Set<String> OF_CAS = Set.of("keyCertSign", "cRLSign");

    @Override
    public List<RuleText> texts() {
        return List.of(SIGNS_CERTIFICATES);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var usages = enrollment.requestedKeyUsages().stream()
                .filter(OF_CAS::contains)
                .collect(Collectors.joining(", "));
        return usages.isEmpty() ? List.of() : List.of(SIGNS_CERTIFICATES.failure(usages));
    }
}
