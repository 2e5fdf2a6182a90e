package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// Where the registrar named the key of a device, its first certificate is for no other.
///
/// A renewal brings a new key, and is bound to the device by the present one. The expected key is not told.
public final class ExpectedKey implements AboutDevice {

    private static final RuleText UNEXPECTED = new RuleText(
            "expected-key",
            "NIST SP 800-57 part 1 rev. 5 section 8.1.6 (key registration)",
            "another key than the registered one, in all models but renewal",
            "key: has the SHA-256 fingerprint <fingerprint>, and <device> is registered with another; "
                    + "examine the device, or have its registration updated");

    @Override
    public List<RuleText> texts() {
        return List.of(UNEXPECTED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (enrollment.requester() instanceof Requester.Certified) {
            return List.of();
        }
        var fingerprint = enrollment.request().spkiSha256();
        return enrollment
                .registration()
                .map(Registration::keySha256)
                .filter(expected -> !expected.equals(fingerprint))
                .map(_ -> UNEXPECTED.failure(fingerprint, enrollment.deviceId().value()))
                .stream()
                .toList();
    }
}
