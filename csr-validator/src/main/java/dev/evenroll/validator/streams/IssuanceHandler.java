package dev.evenroll.validator.streams;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Remembers an issued certificate, so that a repeated request gets the same one; answers whoever else
/// waits; moves the device on. Part of step 6 of the enrollment cycle.
final class IssuanceHandler implements EventHandler<CertificateIssued> {

    private static final List<Finding> REVOKED = EventFactory.findings(List.of(new Failure(
            "certificate-revoked",
            "certificate: was issued, and has been revoked since; make the request again for another one")));

    private final DeviceStore devices;
    private final EnrollmentStore enrollments;
    private final RevocationStore revocations;
    private final EventFactory events;

    IssuanceHandler(
            DeviceStore devices, EnrollmentStore enrollments, RevocationStore revocations, EventFactory events) {
        this.devices = devices;
        this.enrollments = enrollments;
        this.revocations = revocations;
        this.events = events;
    }

    @Override
    public List<Emission> handle(String key, CertificateIssued issued) throws UnusableException {
        if (!(devices.find(key) instanceof DeviceLife.Known device)) {
            throw new UnusableException(
                    "A certificate was issued for a device that the registry does not hold; revoke it.");
        }
        var certificate = Bytes.der(issued.getCertificate());
        var id = id(certificate);
        enrollments.removeExpired(key, events.now());
        revocations.removeExpired(key, events.now());
        if (enrollments.find(key, issued.getEnrollmentId()) instanceof Enrollment.Issued first
                && !first.certificate().equals(certificate)) {
            return List.of(second(issued, id));
        }
        var emissions = new ArrayList<Emission>();
        if (revocations.contains(key, id)) {
            // The topics have no order between them: the revocation was read first.
            emissions.addAll(answerFurther(
                    issued, partition -> events.refusedOutcome(issued.getEnrollmentId(), key, REVOKED, partition)));
            enrollments.remove(key, issued.getEnrollmentId());
        } else {
            emissions.addAll(answerFurther(
                    issued, partition -> events.issuedOutcome(issued.getEnrollmentId(), key, certificate, partition)));
            enrollments.put(key, issued.getEnrollmentId(), new Enrollment.Issued(certificate, issued.getNotAfter()));
        }
        var certified = device.certified(events.now(), issued.getNotAfter());
        if (!certified.equals(device)) {
            emissions.add(devices.put(certified));
        }
        return List.copyOf(emissions);
    }

    /// One enrollment, one certificate. A second one means that the issuer has lost its position on its topic.
    private Emission second(CertificateIssued issued, CertificateId id) {
        return events.observation(
                SecurityObservation.SIGNING_FAULT,
                issued.getDeviceId(),
                "A second certificate was issued for one enrollment: revoke it, and see whether the issuer's consumer "
                        + "groups have lost their offsets.",
                Map.of("enrollmentId", issued.getEnrollmentId(), "certificateId", id.value()));
    }

    private List<Emission> answerFurther(CertificateIssued issued, IntFunction<Emission> answer) {
        return enrollments.find(issued.getDeviceId(), issued.getEnrollmentId()) instanceof Enrollment.InFlight inFlight
                ? inFlight.furtherPartitions().stream()
                        .map(partition -> answer.apply(partition))
                        .toList()
                : List.of();
    }

    private static CertificateId id(Der certificate) throws UnusableException {
        try {
            return CertificateId.find(Certificates.decode(certificate))
                    .orElseThrow(() -> new UnusableException("A certificate was issued that can not be named: it has "
                            + "no usable authorityKeyIdentifier or serial number; examine the issuer."));
        } catch (MalformedException e) {
            throw new UnusableException(
                    "Something was issued that is no certificate (" + e.getMessage() + "); examine the issuer.");
        }
    }
}
