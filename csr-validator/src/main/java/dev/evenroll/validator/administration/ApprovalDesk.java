package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.enrollment.ApprovalDirectory;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;

/// Has people decide about enrollments that wait for one.
@Singleton
final class ApprovalDesk {

    private static final String APPROVED = "approved";
    private static final String REASON = "reason";

    private final ApprovalDirectory approvals;
    private final CommandDesk desk;
    private final DeviceAnswers answers;
    private final Orders orders;

    ApprovalDesk(ApprovalDirectory approvals, CommandDesk desk, DeviceAnswers answers, Orders orders) {
        this.approvals = approvals;
        this.desk = desk;
        this.answers = answers;
        this.orders = orders;
    }

    Approval find(DeviceId deviceId, String enrollmentId) throws CallRefusedException, RegistryUnavailableException {
        return approvals
                .find(deviceId, enrollmentId)
                .orElseThrow(() -> new CallRefusedException(
                        Response.Status.NOT_FOUND,
                        "No enrollment " + enrollmentId + " of the device " + deviceId
                                + " waits for a person; it was never asked for, or has expired. See GET /approvals."));
    }

    /// @param body `{"approved": true, "reason": "..."}`
    Response decide(DeviceId deviceId, String enrollmentId, String body, Call call)
            throws CallRefusedException, RegistryUnavailableException {
        var fields = JsonFields.of(body, List.of(APPROVED, REASON));
        var approved = fields.flag(APPROVED);
        if (approved == null) {
            fields.add(APPROVED, "is missing; say true or false");
        }
        var reason = fields.text(REASON);
        DeviceCommand.problemWithReason(reason).ifPresent(fields::add);
        fields.check();
        var present = find(deviceId, enrollmentId);
        var command = new DeviceCommand.DecideEnrollment(
                orders.of(call, deviceId, body),
                enrollmentId,
                Objects.requireNonNull(approved),
                Objects.requireNonNull(reason));
        if (present.decision() != null) {
            return decided(present, present.decision(), command);
        }
        var answer = desk.give(command);
        if (!(answer instanceof CommandDesk.Answer.Applied)) {
            return answers.of(answer, command.expectedRevision() != null);
        }
        return shown(find(deviceId, enrollmentId));
    }

    private static Response decided(
            Approval approval, Approval.Decision decision, DeviceCommand.DecideEnrollment command)
            throws CallRefusedException {
        if (decision.commandId().equals(command.commandId())) {
            return shown(approval);
        }
        throw new CallRefusedException(
                Response.Status.CONFLICT,
                "The enrollment " + approval.enrollmentId() + " was " + (decision.approved() ? "approved" : "rejected")
                        + " by " + decision.actor() + " at " + decision.decidedAt()
                        + ", and that stands; have the device make a new request.");
    }

    private static Response shown(Approval approval) {
        return Response.ok(ApprovalView.of(approval)).build();
    }
}
