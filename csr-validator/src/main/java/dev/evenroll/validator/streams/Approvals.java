package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of an enrollment that waits for a person: approved, rejected, or forgotten.
final class Approvals implements CommandConsequences {

    /// So many are forgotten at a time: the transaction stays small.
    private static final int MOST_AT_A_TIME = 500;

    /// Rule of a decision about something that does not wait.
    private static final String NOTHING_WAITS = "nothing-waits";

    private final DeviceTask task;
    private final Decisions decisions;
    private final RefusedRequests refusedRequests;
    private final EventFactory events;
    private final DecisionMetrics metrics;

    Approvals(DeviceTask task, Decisions decisions, EventFactory events, DecisionMetrics metrics) {
        this.task = task;
        this.decisions = decisions;
        this.refusedRequests = new RefusedRequests(task, events, metrics);
        this.events = events;
        this.metrics = metrics;
    }

    @Override
    public List<Failure> objections(DeviceCommand command) {
        return !(command instanceof DeviceCommand.DecideEnrollment decide)
                        || waiting(decide).isPresent()
                ? List.of()
                : List.of(new Failure(
                        NOTHING_WAITS,
                        "enrollment: " + decide.enrollmentId() + " of this device does not wait for a person; it was "
                                + "decided, has expired, or was never asked for"));
    }

    @Override
    public List<Emission> follow(DeviceCommand command, DeviceLife before, DeviceLife.Known device) {
        if (command instanceof DeviceCommand.DecideEnrollment decide) {
            return waiting(decide).map(pending -> decide(pending, decide)).orElse(List.of());
        }
        if (isAnotherNow(before, device)) {
            task.approvals().forgetOpen(command.deviceId().value(), events.now());
        }
        return List.of();
    }

    /// Whether a person who said yes to the device, or was shown why it waits, meant another than it is now.
    private static boolean isAnotherNow(DeviceLife before, DeviceLife.Known device) {
        var barred = !before.getClass().equals(device.getClass()) && !device.mayEnroll();
        var reborn = before instanceof DeviceLife.Decommissioned && device.mayEnroll();
        var handedOver = before instanceof DeviceLife.Known known
                && !known.entry()
                        .registration()
                        .owner()
                        .equals(device.entry().registration().owner());
        return barred || reborn || handedOver;
    }

    private Optional<PendingEnrollment> waiting(DeviceCommand.DecideEnrollment command) {
        return task.approvals()
                .find(command.deviceId().value(), command.enrollmentId())
                .filter(pending ->
                        ApprovalRecords.toDomain(pending).standing(events.now()) == Approval.Standing.WAITING);
    }

    private List<Emission> decide(PendingEnrollment pending, DeviceCommand.DecideEnrollment command) {
        var decision = new Approval.Decision(
                command.commandId(), command.actor(), command.approved(), command.reason(), events.now());
        // The lines go where the enrollment goes.
        task.approvals()
                .put(PendingEnrollment.newBuilder(pending)
                        .setDecision(ApprovalRecords.toRecord(decision))
                        .setJobLines(List.of())
                        .build());
        var lines = ApprovalRecords.audience(pending).jobLines();
        var petition = Petition.unanswered(pending.getRequest(), lines);
        if (!command.approved()) {
            return refuseRejected(petition, pending, decision);
        }
        metrics.approved();
        return decisions.decide(petition.approvedBy(command.actor()));
    }

    /// Says no in the name of the person who did.
    List<Emission> refuseRejected(Petition petition, PendingEnrollment pending, Approval.Decision decision) {
        return refusedRequests.refuse(
                petition,
                List.of(Approval.rejected(decision)),
                List.of(Approval.rejectedForRequester(decision)),
                Origin.of(pending));
    }

    /// Forgets those whose time is over.
    List<Emission> expire() {
        var emissions = new ArrayList<Emission>();
        task.approvals().expired(events.now(), MOST_AT_A_TIME).forEach(pending -> emissions.addAll(expire(pending)));
        return List.copyOf(emissions);
    }

    /// Forgets one; refuses it if nobody has decided.
    List<Emission> expire(PendingEnrollment pending) {
        var approval = ApprovalRecords.toDomain(pending);
        task.approvals().remove(approval.deviceId(), approval.enrollmentId());
        if (approval.decision() != null) {
            return List.of();
        }
        var lines = ApprovalRecords.audience(pending).jobLines();
        return refusedRequests.refuse(
                Petition.unanswered(pending.getRequest(), lines),
                Approval.expired(approval.expiresAt()),
                Origin.of(pending));
    }
}
