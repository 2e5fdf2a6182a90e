package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers requests: from memory when the same one was asked before, else by a decision. Step 2 of the
/// enrollment cycle.
final class EnrollmentRequestHandler implements EventHandler<EnrollmentRequested>, DueHandler {

    private final DeviceTask task;
    private final Decisions decisions;
    private final Approvals approvals;
    private final RefusedRequests refusedRequests;
    private final LostEnrollments lostEnrollments;
    private final EventFactory events;
    private final Answers answers;
    private final DecisionMetrics metrics;

    EnrollmentRequestHandler(
            DeviceTask task, Decisions decisions, Approvals approvals, EventFactory events, DecisionMetrics metrics) {
        this.task = task;
        this.decisions = decisions;
        this.approvals = approvals;
        this.refusedRequests = new RefusedRequests(task, events, metrics);
        this.lostEnrollments = new LostEnrollments(task, events);
        this.events = events;
        this.answers = new Answers(events);
        this.metrics = metrics;
    }

    @Override
    public List<Emission> handle(String key, EnrollmentRequested request) throws UnusableException {
        var petition = Petition.of(request);
        var known = task.enrollments().find(key, request.getEnrollmentId());
        var pending = task.approvals().find(key, request.getEnrollmentId());
        if ((known == null && pending.isEmpty()) || decisions.isBarred(petition)) {
            // Barred also when it is in flight or has been answered before: what held then does not hold now.
            return decisions.decide(petition);
        }
        return switch (known) {
            case Enrollment.InFlight inFlight
            when lostEnrollments.isLost(inFlight) -> askAnew(inFlight, pending, petition);
            case Enrollment.InFlight inFlight -> join(inFlight, petition);
            case Enrollment.Issued issued when !issued.expired(events.now()) -> answer(issued, petition);
            case null, default -> ask(pending, petition);
        };
    }

    private List<Emission> ask(Optional<PendingEnrollment> pending, Petition petition) {
        return pending.map(waiting -> askAgain(waiting, petition)).orElseGet(() -> decisions.decide(petition));
    }

    /// Nobody has ended it in time. What comes of an outdated one still has to be told from what would come of the
    /// same request now.
    private List<Emission> askAnew(Enrollment.InFlight lost, Optional<PendingEnrollment> pending, Petition petition) {
        if (lost.outdated()) {
            var dismissed = lostEnrollments.dismiss(petition.deviceId(), petition.enrollmentId(), lost);
            var refused = decisions.refuse(petition, EnrollmentRules.REQUEST_OUTDATED.failure());
            return Stream.concat(dismissed.stream(), refused.stream()).toList();
        }
        if (!lost.others().hasRoomFor(petition.jobLine())) {
            return refusedRequests.refuseLine(petition, petition.jobLine());
        }
        var report = lostEnrollments.forget(petition.deviceId(), petition.enrollmentId(), lost);
        var judged = ask(pending, petition.joinedBy(lost.others().jobLines()));
        return Stream.concat(Stream.of(report), judged.stream()).toList();
    }

    /// Enrollments for which no person has come.
    @Override
    public List<Emission> due() {
        return approvals.expire();
    }

    private List<Emission> join(Enrollment.InFlight inFlight, Petition petition) {
        if (!inFlight.others().hasRoomFor(petition.jobLine())) {
            return refusedRequests.refuseLine(petition, petition.jobLine());
        }
        metrics.joined();
        var joined = inFlight.joinedBy(petition.replyPartition(), petition.jobLine());
        if (!joined.equals(inFlight)) {
            task.enrollments().put(petition.deviceId(), petition.enrollmentId(), joined);
        }
        return List.of();
    }

    private List<Emission> answer(Enrollment.Issued issued, Petition petition) {
        metrics.answered();
        return answers.issued(petition.deviceId(), petition.enrollmentId(), issued.certificate(), petition.audience());
    }

    /// A person decides about it, or has decided.
    private List<Emission> askAgain(PendingEnrollment pending, Petition petition) {
        var approval = ApprovalRecords.toDomain(pending);
        return switch (approval.standing(events.now())) {
            case WAITING, USED -> decisions.decide(petition);
            case APPROVED ->
                decisions.decide(petition.approvedBy(
                        Objects.requireNonNull(approval.decision()).actor()));
            case REJECTED -> approvals.refuseRejected(petition, pending, Objects.requireNonNull(approval.decision()));
            case EXPIRED ->
                Stream.concat(approvals.expire(pending).stream(), decisions.decide(petition).stream())
                        .toList();
        };
    }
}
