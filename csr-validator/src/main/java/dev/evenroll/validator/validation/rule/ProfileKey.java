package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.stream.Collectors;

/// The key is of a kind that the device's certificate profile certifies. Whether any profile could have it, and whether
/// it is a good one, [KeyStrength] says first.
public final class ProfileKey implements AboutDevice {

    private static final RuleText OTHER_KIND = new RuleText(
            "profile-key",
            "docs/PROFILES.md (keys); OCPP 2.0.1 A00.FR.502-506; ISO 15118-20",
            "a key of a kind that the device's certificate profile does not certify",
            "key: <kind> is no key of the profile <profile>; make one of <kinds>");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_KIND);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment
                .certificateProfile()
                .filter(_ -> enrollment.keyFailures().isEmpty())
                .stream()
                .flatMap(profile -> judge(profile, enrollment).stream())
                .toList();
    }

    private static List<Failure> judge(Profile profile, EnrollmentCase enrollment) {
        return KeyKind.of(enrollment.request().subjectPublicKeyInfo())
                .filter(kind -> !profile.keys().contains(kind))
                .map(kind -> OTHER_KIND.failure(
                        kind.text(),
                        profile.name(),
                        profile.keys().stream().map(KeyKind::text).collect(Collectors.joining(", "))))
                .stream()
                .toList();
    }
}
