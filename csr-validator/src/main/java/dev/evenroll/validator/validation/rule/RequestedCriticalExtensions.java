package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where a request insists on an extension that is not known here, it gets nothing: the certificate would be another
/// than the one it insists on.
public final class RequestedCriticalExtensions implements Rule {

    private static final RuleText UNKNOWN = new RuleText(
            "requested-critical-extension",
            "RFC 5280 section 4.2: a critical extension that is not recognised is not passed over",
            "a request for a critical extension that is not known",
            "requested extensions: <extension> is critical and is not known; make the request again without it");

    /// What an issuer writes by itself, or leaves out, whatever the request says; by object identifier.
    static final SortedMap<String, String> DECIDED_BY_PROFILE = new TreeMap<>(Map.of(
            "2.5.29.14", "subjectKeyIdentifier",
            "2.5.29.35", "authorityKeyIdentifier",
            "2.5.29.31", "cRLDistributionPoints",
            "2.5.29.32", "certificatePolicies",
            "1.3.6.1.5.5.7.1.1", "authorityInfoAccess",
            "1.3.6.1.5.5.7.1.24", "tlsfeature",
            "1.3.6.1.5.5.7.48.1.5", "ocsp-nocheck"));

    /// So many are spoken of: a request has room for a thousand.
    private static final int MOST = 5;

    @Override
    public List<RuleText> texts() {
        return List.of(UNKNOWN);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.extensions().stream()
                .filter(RequestedExtension.Other.class::isInstance)
                .filter(RequestedExtension::critical)
                .map(RequestedExtension::oid)
                .filter(oid -> !DECIDED_BY_PROFILE.containsKey(oid) && !RequestedCertificationAuthority.isAbout(oid))
                .limit(MOST)
                .map(UNKNOWN::failure)
                .toList();
    }
}
