package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.Circumstances;
import dev.evenroll.validator.validation.Judge;
import dev.evenroll.validator.validation.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The decision about a request, and what follows from each verdict. Step 2 of the enrollment cycle.
final class Decisions {

    private final DeviceTask task;
    private final Judge judge;
    private final EventFactory events;
    private final Answers answers;
    private final RefusedRequests refusedRequests;
    private final DecisionMetrics metrics;

    Decisions(DeviceTask task, Judge judge, EventFactory events, DecisionMetrics metrics) {
        this.task = task;
        this.judge = judge;
        this.events = events;
        this.answers = new Answers(events);
        this.refusedRequests = new RefusedRequests(task, events, metrics);
        this.metrics = metrics;
    }

    /// Whether [#decide] refuses it in any case, by facts that may have changed since it was asked before.
    boolean isBarred(Petition petition) {
        return judge.isBarred(petition.submission(), circumstances(petition));
    }

    List<Emission> decide(Petition petition) {
        var circumstances = circumstances(petition);
        var verdict = judge.judge(petition.submission(), circumstances);
        var origin = Origin.of(verdict.route(), circumstances.device(), petition.approver());
        return switch (verdict) {
            case Verdict.Accepted accepted -> accept(petition, accepted, origin, circumstances.device());
            case Verdict.Waiting waiting -> wait(petition, waiting, origin);
            case Verdict.Refused refused -> refusedRequests.refuse(petition, refused, origin);
        };
    }

    /// Refuses it, for this reason when the rules find none.
    List<Emission> refuse(Petition petition, Failure failure) {
        var circumstances = circumstances(petition);
        var verdict = judge.judge(petition.submission(), circumstances);
        var origin = Origin.of(verdict.route(), circumstances.device(), petition.approver());
        return verdict instanceof Verdict.Refused refused
                ? refusedRequests.refuse(petition, refused, origin)
                : refusedRequests.refuse(petition, failure, origin);
    }

    private Circumstances circumstances(Petition petition) {
        var deviceId = petition.deviceId();
        return new Circumstances(
                task.devices().find(deviceId),
                new StoredCertificates(deviceId, task),
                task.tokens().view(deviceId, petition.enrollmentId()),
                task.authorities()::find,
                task.blockedKeys()::contains,
                petition.approver());
    }

    private List<Emission> accept(Petition petition, Verdict.Accepted accepted, Origin origin, DeviceLife before) {
        var deviceId = petition.deviceId();
        metrics.accepted(origin);
        var emissions = new ArrayList<>(new DeviceChanges(task, events).accepted(petition, accepted));
        var device = emissions.isEmpty() ? before : task.devices().find(deviceId);
        emissions.addAll(
                new LostEnrollments(task, events).forgetOthers(deviceId, petition.enrollmentId(), events.now()));
        if (accepted.spendsToken()) {
            task.deviceTokens().spend(deviceId, petition.enrollmentId());
        }
        var lines = leaveQueue(petition);
        for (var line : petition.jobLines()) {
            if (lines.hasRoomFor(line)) {
                lines = lines.with(line);
            } else {
                emissions.addAll(refusedRequests.refuseLine(petition, line));
            }
        }
        if (task.enrollments().find(deviceId, petition.enrollmentId()) instanceof Enrollment.Issued expired) {
            task.certificates().put(deviceId, expired.certificateId(), expired.notAfter());
        }
        var acceptedAt = events.now();
        task.enrollments()
                .put(
                        deviceId,
                        petition.enrollmentId(),
                        Enrollment.accepted(acceptedAt, petition.replyPartition(), lines.jobLines()));
        emissions.add(claim(petition, accepted, origin, new Acceptance(acceptedAt, device.life())));
        return List.copyOf(emissions);
    }

    /// The lines that waited with the enrollment: the facts have changed, and no person is needed any more.
    private Audience leaveQueue(Petition petition) {
        return waiting(petition)
                .map(pending -> {
                    task.approvals().remove(petition.deviceId(), petition.enrollmentId());
                    return ApprovalRecords.audience(pending);
                })
                .orElse(Audience.NONE);
    }

    private Emission claim(Petition petition, Verdict.Accepted accepted, Origin origin, Acceptance acceptance) {
        var key = accepted.subjectPublicKeyInfo();
        var claim = KeyClaimRequested.newBuilder()
                .setOccurredAt(acceptance.getAcceptedAt())
                .setEnrollmentId(petition.enrollmentId())
                .setDeviceId(petition.deviceId())
                .setProfile(accepted.profile())
                .setOrganization(accepted.owner())
                .setSubjectPublicKeyInfo(ByteBuffer.wrap(key.bytes()))
                .setRemoteAddress(petition.request().getRemoteAddress())
                .setReplyPartition(petition.replyPartition())
                .setModel(origin.model())
                .setPolicy(origin.policy())
                .setQuotaPerHour(accepted.quotaPerHour())
                .setRequester(origin.requester())
                .setApprover(origin.approver())
                .setNewKeyRequired(accepted.newKeyRequired())
                .setAdmission(DeviceChanges.admissionWithQuota(accepted))
                .setAcceptance(acceptance)
                .setAssurance(assurance(accepted.assurance()))
                .build();
        return Emission.to(Sinks.KEY_CLAIM, key.sha256Hex(), claim);
    }

    private static KeyAssurance assurance(Assurance known) {
        return switch (known) {
            case SOFTWARE_KEY -> KeyAssurance.SOFTWARE_KEY;
            case ATTESTED_KEY -> KeyAssurance.ATTESTED_KEY;
        };
    }

    private List<Emission> wait(Petition petition, Verdict.Waiting waiting, Origin origin) {
        var before = waiting(petition);
        if (before.isPresent()) {
            return waitOn(petition, before.get());
        }
        var deviceId = petition.deviceId();
        if (task.approvals().waiting(deviceId, events.now()) >= Approval.MOST_WAITING) {
            return refusedRequests.refuse(petition, Approval.queueFull(), origin);
        }
        metrics.waiting(origin);
        if (petition.request().getTokenSha256() != null) {
            // It was good when it was presented; who decides about the enrollment decides about that one.
            task.deviceTokens().spend(deviceId, petition.enrollmentId());
        }
        var pending = ApprovalRecords.with(
                PendingEnrollment.newBuilder()
                        .setPendingSince(events.now())
                        .setExpiresAt(waiting.expiresAt())
                        .setReason(waiting.reason())
                        .setModel(origin.model())
                        .setPolicy(origin.policy())
                        .setRequest(petition.request())
                        .setRequester(origin.requester())
                        .build(),
                new Audience(List.of(), petition.jobLines()));
        // In this order: what waited before a quarantine is forgotten, and this one begins it.
        var emissions = new ArrayList<>(new DeviceChanges(task, events).waiting(petition, waiting));
        task.approvals().put(pending);
        emissions.add(events.pending(pending));
        emissions.addAll(pendingAnswers(petition, pending));
        return List.copyOf(emissions);
    }

    /// Asked again while it waits: no second event.
    private List<Emission> waitOn(Petition petition, PendingEnrollment pending) {
        var waiting = ApprovalRecords.audience(pending);
        if (!waiting.hasRoomFor(petition.jobLine())) {
            return refusedRequests.refuseLine(petition, petition.jobLine());
        }
        metrics.joined();
        var joined = waiting.with(petition.jobLine());
        if (!joined.equals(waiting)) {
            task.approvals().put(ApprovalRecords.with(pending, joined));
        }
        return pendingAnswers(petition, pending);
    }

    private List<Emission> pendingAnswers(Petition petition, PendingEnrollment pending) {
        return answers.pending(
                petition.deviceId(),
                petition.enrollmentId(),
                ApprovalRecords.toDomain(pending).retryAfterSeconds(events.now()),
                petition.audience());
    }

    /// The same enrollment, as long as nobody has decided it.
    private Optional<PendingEnrollment> waiting(Petition petition) {
        return task.approvals()
                .find(petition.deviceId(), petition.enrollmentId())
                .filter(pending ->
                        ApprovalRecords.toDomain(pending).standing(events.now()) == Approval.Standing.WAITING);
    }
}
