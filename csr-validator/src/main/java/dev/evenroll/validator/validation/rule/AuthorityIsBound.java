package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.ArrayList;
import java.util.List;

/// The certificate is one of those that the registration authority is bound to.
///
/// A CN is whatever a CA puts into a certificate: where several CAs are trusted for registration authorities, each of
/// them could make itself any authority of the others.
public final class AuthorityIsBound implements Rule {

    private static final String SOURCE =
            "RFC 6402 section 2.10; RFC 5280 section 4.1.2.6: a name is unique within its issuer only";

    private static final RuleText UNBOUND = new RuleText(
            "authority-unbound",
            SOURCE,
            "a registration authority that is bound to no CA, where several are trusted for registration authorities",
            "requester certificate: is that of the registration authority \"<name>\", which is bound to no CA, and "
                    + "several are trusted for registration authorities; have a registrar bind it to its CA or its "
                    + "certificate");
    private static final RuleText ISSUER = new RuleText(
            "authority-issuer",
            SOURCE,
            "a registration authority whose certificate comes from another CA than those that it is bound to",
            "requester certificate: was issued by <issuer>, which is no CA that the registration authority \"<name>\" "
                    + "is bound to; ask with the right certificate, or have a registrar bind it to this CA too");
    private static final RuleText CERTIFICATE = new RuleText(
            "authority-certificate",
            SOURCE,
            "a registration authority with another certificate than those that it is bound to",
            "requester certificate: its SHA-256 <digest> is none of those that the registration authority \"<name>\" is "
                    + "bound to; ask with the right certificate, or have a registrar bind it to this one too");

    @Override
    public List<RuleText> texts() {
        return List.of(UNBOUND, ISSUER, CERTIFICATE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Registering registering) || registering.authority() == null) {
            return List.of();
        }
        var binding = registering.authority().binding();
        var certificate = registering.certificate();
        var failures = new ArrayList<Failure>();
        if (binding.isNone() && !registering.onlyIssuer()) {
            failures.add(UNBOUND.failure(registering.name()));
        }
        if (!binding.admitsIssuers(registering.issuers())) {
            var issuer = Certificates.subject(registering.issuers().getFirst());
            failures.add(ISSUER.failure(issuer, registering.name()));
        }
        if (!binding.admits(certificate)) {
            failures.add(CERTIFICATE.failure(Certificates.der(certificate).sha256Hex(), registering.name()));
        }
        return List.copyOf(failures);
    }
}
