package dev.evenroll.validator.streams;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.request.SubjectAttribute;
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
import java.util.Optional;

/// Remembers an issued certificate, so that a repeated request gets the same one; answers whoever else
/// waits; moves the device on; uses up the token and the approval that led to it. Part of step 6 of the
/// enrollment cycle.
///
/// While it was in flight, the device may have got another owner, or have come to its end: then nobody gets
/// the certificate here, and a person is told to revoke it.
final class IssuanceHandler implements EventHandler<CertificateIssued> {

    private static final List<Finding> REVOKED =
            EventFactory.findings(List.of(EnrollmentRules.CERTIFICATE_REVOKED.failure()));

    private static final List<Finding> CHANGED =
            EventFactory.findings(List.of(EnrollmentRules.DEVICE_CHANGED.failure()));

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
        task.certificates().removeExpired(key, events.now());
        var listed = Emission.to(
                Sinks.KEY_CERTIFIED,
                Der.of(certificate.getPublicKey().getEncoded()).sha256Hex(),
                new KeyCertified(key, id.value()));
        if (isSecond(issued)) {
            // Under its key it is listed all the same: it has to be revoked.
            task.certificates().put(key, id, issued.getNotAfter());
            return List.of(listed, second(issued, id));
        }
        var fits = fits(certificate, device) && !isOutdated(issued);
        var emissions = new ArrayList<>(new LostEnrollments(task, events).forgetOthers(key, issued.getEnrollmentId()));
        emissions.add(listed);
        emissions.addAll(fits ? end(issued, id) : endOutdated(issued, id));
        task.deviceTokens().certified(key, issued.getEnrollmentId());
        task.approvals().certified(key, issued.getEnrollmentId(), events.now());
        var certified = fits ? device.certified(events.now(), issued.getNotAfter()) : device;
        if (!certified.equals(device)) {
            emissions.add(task.devices().put(certified));
        }
        return List.copyOf(emissions);
    }

    private boolean isSecond(CertificateIssued issued) {
        return task.enrollments().find(issued.getDeviceId(), issued.getEnrollmentId())
                        instanceof Enrollment.Issued first
                && !first.certificate().equals(Bytes.der(issued.getCertificate()));
    }

    /// One enrollment, one certificate. A second one means that the issuer has lost its position on its topic, or has
    /// answered so late that the request had been judged anew.
    private Emission second(CertificateIssued issued, CertificateId id) {
        return events.observation(
                SecurityObservation.SIGNING_FAULT,
                issued.getDeviceId(),
                "A second certificate was issued for one enrollment: revoke it, and see whether the issuer's consumer "
                        + "groups have lost their offsets, or whether it has answered late.",
                Map.of("enrollmentId", issued.getEnrollmentId(), "certificateId", id.value()));
    }

    /// Whether the certificate says of the device what the registry says now.
    private static boolean fits(X509Certificate certificate, DeviceLife.Known device) {
        return !(device instanceof DeviceLife.Decommissioned)
                && SubjectAttribute.only(SubjectAttribute.of(certificate), SubjectAttribute.ORGANIZATION)
                        .equals(Optional.of(device.entry().registration().owner()));
    }

    /// Whether the device has begun anew since it was accepted.
    private boolean isOutdated(CertificateIssued issued) {
        return task.enrollments().find(issued.getDeviceId(), issued.getEnrollmentId())
                        instanceof Enrollment.InFlight inFlight
                && inFlight.outdated();
    }

    private List<Emission> endOutdated(CertificateIssued issued, CertificateId id) {
        var deviceId = issued.getDeviceId();
        var enrollmentId = issued.getEnrollmentId();
        var others = Enrollment.others(task.enrollments().find(deviceId, enrollmentId));
        task.enrollments().remove(deviceId, enrollmentId);
        task.certificates().putFormer(deviceId, id, issued.getNotAfter());
        var emissions = new ArrayList<>(answers.refused(deviceId, enrollmentId, CHANGED, others));
        if (!task.certificates().isRevoked(deviceId, id)) {
            emissions.add(events.observation(
                    SecurityObservation.OTHER,
                    deviceId,
                    "A certificate was issued for the device " + deviceId + " after it had got another owner, or had "
                            + "been decommissioned: revoke the certificate " + id.value() + ".",
                    Map.of("enrollmentId", enrollmentId, "certificateId", id.value())));
        }
        return List.copyOf(emissions);
    }

    private List<Emission> end(CertificateIssued issued, CertificateId id) {
        var deviceId = issued.getDeviceId();
        var enrollmentId = issued.getEnrollmentId();
        var others = Enrollment.others(task.enrollments().find(deviceId, enrollmentId));
        if (task.certificates().isRevoked(deviceId, id)) {
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
