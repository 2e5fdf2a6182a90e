package dev.evenroll.validator.streams;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.state.KeyCertified;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import dev.evenroll.validator.registry.DeviceLife;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Remembers an issued certificate, so that a repeated request gets the same one; answers whoever else
/// waits; moves the device on; uses up the token and the approval that led to it. Part of step 6 of the
/// enrollment cycle.
final class IssuanceHandler implements EventHandler<CertificateIssued> {

    private static final List<Finding> REVOKED =
            EventFactory.findings(List.of(EnrollmentRules.CERTIFICATE_REVOKED.failure()));

    private final DeviceTask task;
    private final EventFactory events;
    private final Answers answers;

    IssuanceHandler(DeviceTask task, EventFactory events) {
        this.task = task;
        this.events = events;
        this.answers = new Answers(events);
    }

    @Override
    public List<Emission> handle(String key, CertificateIssued issued) throws UnusableException {
        if (!(task.devices().find(key) instanceof DeviceLife.Known device)) {
            throw new UnusableException(
                    "A certificate was issued for a device that the registry does not hold; revoke it.");
        }
        var certificate = decode(Bytes.der(issued.getCertificate()));
        var id = id(certificate);
        task.enrollments().removeExpired(key, events.now());
        task.revocations().removeExpired(key, events.now());
        if (isSecond(issued)) {
            return List.of(second(issued, id));
        }
        var emissions = new ArrayList<>(end(issued, id));
        task.deviceTokens().certified(key, issued.getEnrollmentId());
        task.approvals().certified(key, issued.getEnrollmentId(), events.now());
        var certified = device.certified(events.now(), issued.getNotAfter());
        if (!certified.equals(device)) {
            emissions.add(task.devices().put(certified));
        }
        emissions.add(Emission.to(
                Sinks.KEY_CERTIFIED,
                Der.of(certificate.getPublicKey().getEncoded()).sha256Hex(),
                new KeyCertified(key, id.value())));
        return List.copyOf(emissions);
    }

    private boolean isSecond(CertificateIssued issued) {
        return task.enrollments().find(issued.getDeviceId(), issued.getEnrollmentId())
                        instanceof Enrollment.Issued first
                && !first.certificate().equals(Bytes.der(issued.getCertificate()));
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

    private List<Emission> end(CertificateIssued issued, CertificateId id) {
        var deviceId = issued.getDeviceId();
        var enrollmentId = issued.getEnrollmentId();
        var others = Enrollment.others(task.enrollments().find(deviceId, enrollmentId));
        if (task.revocations().contains(deviceId, id)) {
            // The topics have no order between them: the revocation was read first.
            task.enrollments().remove(deviceId, enrollmentId);
            return answers.refused(deviceId, enrollmentId, REVOKED, others);
        }
        var certificate = Bytes.der(issued.getCertificate());
        task.enrollments().put(deviceId, enrollmentId, new Enrollment.Issued(certificate, issued.getNotAfter()));
        return answers.issued(deviceId, enrollmentId, certificate, others);
    }

    private static X509Certificate decode(Der certificate) throws UnusableException {
        try {
            return Certificates.decode(certificate);
        } catch (MalformedException e) {
            throw new UnusableException(
                    "Something was issued that is no certificate (" + e.getMessage() + "); examine the issuer.");
        }
    }

    private static CertificateId id(X509Certificate certificate) throws UnusableException {
        return CertificateId.find(certificate)
                .orElseThrow(() -> new UnusableException("A certificate was issued that can not be named: it has "
                        + "no usable authorityKeyIdentifier or serial number; examine the issuer."));
    }
}
