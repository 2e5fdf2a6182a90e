package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// Where the registrar named the one IDevID certificate of a device, no other speaks for it.
///
/// A manufacturer whose CA is stolen, or who issues a second one, does not get in by it. The expected fingerprint
/// is not told.
public final class IdevidFingerprint implements AboutDevice {

    private static final RuleText UNEXPECTED = new RuleText(
            "idevid-fingerprint",
            "IEEE 802.1AR-2018: a device has its IDevID for life",
            "another IDevID certificate than the registered one",
            "requester certificate: has the SHA-256 fingerprint <fingerprint>, and <device> is registered with "
                    + "another; examine the device, or have its registration updated");

    @Override
    public List<RuleText> texts() {
        return List.of(UNEXPECTED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Manufactured manufactured)) {
            return List.of();
        }
        var fingerprint = Certificates.sha256(manufactured.certificate());
        return enrollment
                .registration()
                .map(Registration::idevidSha256)
                .filter(expected -> !expected.equals(fingerprint))
                .map(_ -> UNEXPECTED.failure(fingerprint, enrollment.deviceId().value()))
                .stream()
                .toList();
    }
}
