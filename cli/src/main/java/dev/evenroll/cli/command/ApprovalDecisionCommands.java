package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Approval;
import dev.evenroll.cli.administration.Approval.Decision;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.administration.Registry;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll approval approve` and `reject`: each decides one enrollment, for ever.
final class ApprovalDecisionCommands {

    private static final int NOT_FOUND = 404;

    private ApprovalDecisionCommands() {}

    @Command(
            name = "approve",
            description = "Lets an enrollment that waits go on. Shows what it is and asks first.",
            footer = "The device gets its certificate when it asks again; it leaves quarantine then.",
            mixinStandardHelpOptions = true)
    static final class Approve extends Deciding {
        Approve() {
            super(true);
        }
    }

    @Command(
            name = "reject",
            description = "Refuses an enrollment that waits. Shows what it is and asks first.",
            footer = "The device is told the reason; with another key it may ask anew.",
            mixinStandardHelpOptions = true)
    static final class Reject extends Deciding {
        Reject() {
            super(false);
        }
    }

    /// What both have.
    abstract static class Deciding extends OperatorCommand {

        private final boolean approving;

        @Mixin
        private EnrollmentArgument enrollment = new EnrollmentArgument();

        @Mixin
        private ReasonOption reason = new ReasonOption();

        @Mixin
        private Confirmation confirmation = new Confirmation();

        Deciding(boolean approving) {
            this.approving = approving;
        }

        @Override
        final void run(Operator operator)
                throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
            var why = reason.text(this);
            try (var approvals = operator.approvals();
                    var registry = operator.registry()) {
                var before = enrollment.find(this, approvals);
                if (before.decision().isPresent()) {
                    again(before, before.decision().get());
                    return;
                }
                confirmation.ask(
                        this,
                        approving ? "Approve it?" : "Reject it?",
                        "Nothing was decided.",
                        shown(before, registry).toArray(String[]::new));
                say(approvals.decide(before.deviceId(), before.enrollmentId(), approving, why), false);
            }
        }

        /// A decision stands: repeated it is the same, another one is refused.
        private void again(Approval before, Decision decision) throws FailedCommandException {
            if (decision.approved() == approving) {
                say(before, true);
                return;
            }
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "Nothing was decided: " + Printable.line(decision.actor()) + " has "
                            + (decision.approved() ? "approved" : "rejected") + " this enrollment at "
                            + decision.decidedAt() + " (" + Printable.line(decision.reason())
                            + "), and a decision stands. "
                            + (decision.approved()
                                    ? "Revoke the certificate that came of it, or suspend the device."
                                    : "Let the device ask anew, with another key."));
        }

        private static List<String> shown(Approval approval, Registry registry)
                throws FaultException, FinalException, InterruptedException {
            var lines = new ArrayList<String>();
            lines.add(device(approval.deviceId(), registry));
            lines.add("Enrollment " + Printable.line(approval.enrollmentId()) + ", asked for at "
                    + approval.pendingSince() + " by " + Printable.line(approval.requester()) + " from "
                    + Printable.line(approval.remoteAddress()) + " (" + Printable.line(approval.model())
                    + "); expires at " + approval.expiresAt() + ".");
            lines.add("Key " + Printable.line(approval.keySha256())
                    + (approval.requesterSha256().isEmpty()
                            ? ", no certificate of the requester."
                            : ", certificate of the requester " + Printable.line(approval.requesterSha256()) + "."));
            lines.add("It waits because: " + Printable.line(approval.reason()));
            if (!approval.policy().isEmpty()) {
                lines.add("Policy " + Printable.line(approval.policy()) + " of version "
                        + Printable.line(approval.policyVersion()) + " wants a person.");
            }
            return lines;
        }

        private static String device(String id, Registry registry)
                throws FaultException, FinalException, InterruptedException {
            try {
                var device = registry.device(id);
                var entry = device.entry();
                return "Device " + Printable.line(id) + " (" + Printable.line(device.state()) + "), "
                        + Printable.line(entry.manufacturer()) + " " + Printable.line(entry.model()) + " of "
                        + Printable.line(entry.owner()) + " at " + Printable.line(entry.site()) + ".";
            } catch (RefusedException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
                return "Device " + Printable.line(id) + " is not registered.";
            }
        }

        private void say(Approval approval, boolean again) {
            if (format() == OutputFormat.JSON) {
                print(approval.fields());
                return;
            }
            out().println("Enrollment " + Printable.line(approval.enrollmentId()) + " of "
                    + Printable.line(approval.deviceId()) + (again ? " had been " : " is ")
                    + (approving ? "approved" : "rejected") + (again ? " before" : "")
                    + approval.decision()
                            .map(decision -> " by " + Printable.line(decision.actor()) + " ("
                                    + Printable.line(decision.reason()) + ")")
                            .orElse("")
                    + ".");
            if (approving) {
                out().println("The device gets its certificate when it asks again.");
            }
        }
    }
}
