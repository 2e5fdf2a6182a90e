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
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import dev.evenroll.validator.registry.DeviceLife;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers an issued certificate, so that a repeated request gets the same one; answers whoever else
/// waits; moves the device on; uses up the token and the approval that led to it. Part of step 6 of the
/// enrollment cycle.
///
/// That is the certificate that an enrollment in flight waits for. Another one is remembered, handed out to nobody
/// here, and a person is told to revoke it: the issuer answers late, or again, and meanwhile the device may have begun
/// anew, and the enrollment have been ended, given up or judged anew.
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
        var enrollment = task.enrollments().find(key, issued.getEnrollmentId());
        var emissions = new ArrayList<Emission>();
        emissions.add(listed);
        emissions.addAll(
                switch (standing(issued, certificate, id, device, enrollment)) {
                    case AWAITED -> awaited(issued, id, device, enrollment);
                    case SECOND -> List.of(second(issued, id));
                    case UNAWAITED -> unawaited(issued, id);
                    case FORMER -> former(issued, id, enrollment);
                });
        return List.copyOf(emissions);
    }

    /// What a certificate is to the device that it was issued for.
    private enum Standing {
        /// Its enrollment waits for it, or has ended with it.
        AWAITED,
        /// Its enrollment has ended with another one.
        SECOND,
        /// Its enrollment does not wait for it any more.
        UNAWAITED,
        /// It was issued for what the device is no more, or for what it never was.
        FORMER
    }

    private Standing standing(
            CertificateIssued issued,
            X509Certificate certificate,
            CertificateId id,
            DeviceLife.Known device,
            @Nullable Enrollment enrollment) {
        if (!fits(certificate, device)
                || isOfFormerLife(issued, device, enrollment)
                || task.certificates().isOfFormerLife(issued.getDeviceId(), id)) {
            return Standing.FORMER;
        }
        return switch (enrollment) {
            case null -> Standing.UNAWAITED;
            case Enrollment.InFlight inFlight
            when isAnother(inFlight, issued) && isOver(issued, id) -> Standing.UNAWAITED;
            case Enrollment.InFlight _ -> Standing.AWAITED;
            case Enrollment.Issued first
            when first.certificate().equals(Bytes.der(issued.getCertificate())) -> Standing.AWAITED;
            case Enrollment.Issued _ -> Standing.SECOND;
        };
    }

    /// Whether it has been put aside before, as revoked, expired or of no use, or has expired since.
    private boolean isOver(CertificateIssued issued, CertificateId id) {
        return task.certificates().isKnown(issued.getDeviceId(), id)
                || events.now().isAfter(issued.getNotAfter());
    }

    /// Whether the certificate says of the device what the registry says now.
    private static boolean fits(X509Certificate certificate, DeviceLife.Known device) {
        return !(device instanceof DeviceLife.Decommissioned)
                && SubjectAttribute.only(SubjectAttribute.of(certificate), SubjectAttribute.ORGANIZATION)
                        .equals(Optional.of(device.entry().registration().owner()));
    }

    /// Whether the device has begun anew since the rules accepted what the certificate was issued for.
    private static boolean isOfFormerLife(
            CertificateIssued issued, DeviceLife.Known device, @Nullable Enrollment enrollment) {
        var acceptance = issued.getAcceptance();
        return (enrollment instanceof Enrollment.InFlight inFlight && inFlight.outdated())
                || (acceptance != null && acceptance.getLife() != device.life());
    }

    private static boolean isAnother(Enrollment.InFlight inFlight, CertificateIssued issued) {
        return !inFlight.isOf(Acceptances.acceptedAt(issued.getAcceptance()));
    }

    private List<Emission> awaited(
            CertificateIssued issued, CertificateId id, DeviceLife.Known device, @Nullable Enrollment enrollment) {
        var deviceId = issued.getDeviceId();
        var emissions = new ArrayList<Emission>();
        if (enrollment instanceof Enrollment.InFlight inFlight) {
            // The CA answers in the order that it was asked in: what was accepted later is answered yet.
            emissions.addAll(new LostEnrollments(task, events)
                    .forgetOthers(deviceId, issued.getEnrollmentId(), inFlight.acceptedAt()));
        }
        emissions.addAll(end(issued, id, enrollment));
        task.deviceTokens().certified(deviceId, issued.getEnrollmentId());
        task.approvals().certified(deviceId, issued.getEnrollmentId(), events.now());
        var certified = device.certified(events.now(), issued.getNotAfter());
        if (!certified.equals(device)) {
            emissions.add(task.devices().put(certified));
        }
        return List.copyOf(emissions);
    }

    private List<Emission> end(CertificateIssued issued, CertificateId id, @Nullable Enrollment enrollment) {
        var deviceId = issued.getDeviceId();
        var enrollmentId = issued.getEnrollmentId();
        var audience = enrollment instanceof Enrollment.InFlight inFlight
                ? inFlight.unanswered(issued.getReplyPartition())
                : Audience.NONE;
        if (task.certificates().isRevoked(deviceId, id)) {
            // The topics have no order between them: the revocation was read first.
            task.enrollments().remove(deviceId, enrollmentId);
            return answers.refused(deviceId, enrollmentId, REVOKED, audience);
        }
        var certificate = Bytes.der(issued.getCertificate());
        task.enrollments().put(deviceId, enrollmentId, new Enrollment.Issued(certificate, issued.getNotAfter()));
        return answers.issued(deviceId, enrollmentId, certificate, audience);
    }

    /// One enrollment, one certificate. A second one means that the issuer has lost its position on its topic, or has
    /// answered so late that the request had been judged anew.
    private Emission second(CertificateIssued issued, CertificateId id) {
        task.certificates().put(issued.getDeviceId(), id, issued.getNotAfter());
        return events.observation(
                SecurityObservation.SIGNING_FAULT,
                issued.getDeviceId(),
                "A second certificate was issued for one enrollment: revoke it, and see whether the issuer's consumer "
                        + "groups have lost their offsets, or whether it has answered late.",
                attributes(issued, id));
    }

    /// What was said of the enrollment since, by the rules or by a person, stands.
    private List<Emission> unawaited(CertificateIssued issued, CertificateId id) {
        var deviceId = issued.getDeviceId();
        if (issued.getAcceptance() == null) {
            // An earlier version has not said in which life of the device it was accepted.
            task.certificates().putFormer(deviceId, id, issued.getNotAfter());
        } else {
            task.certificates().put(deviceId, id, issued.getNotAfter());
        }
        return task.certificates().isRevoked(deviceId, id)
                ? List.of()
                : List.of(events.observation(
                        SecurityObservation.SIGNING_FAULT,
                        deviceId,
                        "A certificate was issued for the device " + deviceId + " whose enrollment was not in flight "
                                + "any more: revoke the certificate " + id.value() + ", and see whether the issuer has "
                                + "answered late, or its consumer groups have lost their offsets.",
                        attributes(issued, id)));
    }

    private List<Emission> former(CertificateIssued issued, CertificateId id, @Nullable Enrollment enrollment) {
        var deviceId = issued.getDeviceId();
        var enrollmentId = issued.getEnrollmentId();
        var known = task.certificates().isRevoked(deviceId, id)
                || task.certificates().isOfFormerLife(deviceId, id);
        task.certificates().putFormer(deviceId, id, issued.getNotAfter());
        var emissions = new ArrayList<Emission>();
        if (enrollment instanceof Enrollment.InFlight inFlight && !isAnother(inFlight, issued)) {
            task.enrollments().remove(deviceId, enrollmentId);
            emissions.addAll(
                    answers.refused(deviceId, enrollmentId, CHANGED, inFlight.unanswered(issued.getReplyPartition())));
        }
        if (!known) {
            emissions.add(events.observation(
                    SecurityObservation.OTHER,
                    deviceId,
                    "A certificate was issued for the device " + deviceId + " after it had got another owner, or had "
                            + "been decommissioned: revoke the certificate " + id.value() + ".",
                    attributes(issued, id)));
        }
        return List.copyOf(emissions);
    }

    private static Map<String, String> attributes(CertificateIssued issued, CertificateId id) {
        return Map.of("enrollmentId", issued.getEnrollmentId(), "certificateId", id.value());
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
