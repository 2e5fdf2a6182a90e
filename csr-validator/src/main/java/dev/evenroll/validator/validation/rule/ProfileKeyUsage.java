package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.profile.KeyUsage;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// A device that asks for uses of its key asks for one at least that its certificate profile allows: the certificate
/// would else be good for nothing that it wants. What it asks for beside that is passed over: many a device asks for
/// all that it knows.
public final class ProfileKeyUsage implements AboutDevice {

    private static final RuleText NONE_ALLOWED = new RuleText(
            "profile-key-usage",
            "RFC 5280 section 4.2.1.3; docs/PROFILES.md (keyUsages)",
            "a request for key usages of which the device's certificate profile allows none",
            "requested extensions: keyUsage has <usages>, and the profile <profile> allows none of that but <allowed>; "
                    + "ask for that, or make the request again without keyUsage");

    @Override
    public List<RuleText> texts() {
        return List.of(NONE_ALLOWED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var usages = enrollment.requestedKeyUsages();
        return enrollment.certificateProfile().stream()
                .filter(profile ->
                        !usages.isEmpty() && allowed(profile).stream().noneMatch(usages::contains))
                .map(profile -> NONE_ALLOWED.failure(
                        String.join(", ", usages), profile.name(), String.join(", ", allowed(profile))))
                .toList();
    }

    private static List<String> allowed(Profile profile) {
        return profile.keyUsages().stream().map(KeyUsage::text).toList();
    }
}
