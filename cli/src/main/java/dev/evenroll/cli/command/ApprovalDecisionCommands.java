package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Approval;
import dev.evenroll.cli.administration.Approvals;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll approval approve` and `reject`.
final class ApprovalDecisionCommands {

    /// Of one device, as many may wait.
    private static final int MOST = 1_000;

    private ApprovalDecisionCommands() {}

    @Command(
            name = "approve",
            description = "Lets a waiting enrollment go on. A device in quarantine leaves it.",
            mixinStandardHelpOptions = true)
    static final class Approve extends Decision {
        Approve() {
            super(true);
        }
    }

    @Command(name = "reject", description = "Refuses a waiting enrollment, for ever.", mixinStandardHelpOptions = true)
    static final class Reject extends Decision {

        @Mixin
        private Confirmation confirmation = new Confirmation();

        Reject() {
            super(false);
        }

        @Override
        void confirm(Approval waiting) throws FailedCommandException, IOException {
            confirmation.ask(
                    this,
                    "Reject it?",
                    "Nothing was decided.",
                    "Enrollment " + Printable.line(waiting.enrollmentId()) + " of device "
                            + Printable.line(waiting.deviceId()) + ", asked for by "
                            + Printable.line(waiting.requester()) + ": " + Printable.line(waiting.reason()) + ".",
                    "It gets no certificate for this request.");
        }
    }

    /// What both have.
    abstract static class Decision extends OperatorCommand {

        private final boolean approved;

        @Parameters(
                index = "0",
                paramLabel = "DEVICE",
                converter = DeviceArgument.class,
                description = "Serial number.")
        private @Nullable DeviceId device;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "ENROLLMENT",
                description = "Which enrollment, by its id or how it begins (default: the only one that waits).")
        private String enrollment = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why, for whoever looks at it later.")
        private String reason = "";

        Decision(boolean approved) {
            this.approved = approved;
        }

        /// Asks where something ends.
        void confirm(Approval waiting) throws FailedCommandException, IOException {}

        @Override
        final void run(Operator operator)
                throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
            if (device == null) {
                throw usage("Missing required parameter: 'DEVICE'");
            }
            if (reason.isBlank()) {
                throw usage("--reason is empty: say why, for whoever looks at the decision later");
            }
            try (var approvals = operator.approvals()) {
                var waiting = only(waiting(approvals, device), device);
                confirm(waiting);
                var decided = approvals.decide(waiting.deviceId(), waiting.enrollmentId(), approved, reason);
                if (format() == OutputFormat.JSON) {
                    print(decided.fields());
                } else {
                    out().println("Enrollment " + Printable.line(decided.enrollmentId()) + " of "
                            + Printable.line(decided.deviceId()) + " is "
                            + (approved ? "approved: its certificate waits for the device." : "rejected."));
                }
            }
        }

        private List<Approval> waiting(Approvals approvals, DeviceId of)
                throws FaultException, FinalException, InterruptedException {
            var selection =
                    new Approvals.Selection(Optional.of(of.value()), Optional.of(false), Optional.empty(), MOST);
            return approvals.list(selection).items().stream()
                    .filter(approval -> approval.decision().isEmpty()
                            && approval.enrollmentId().startsWith(enrollment))
                    .toList();
        }

        private Approval only(List<Approval> waiting, DeviceId of) throws FailedCommandException {
            if (waiting.isEmpty()) {
                throw new FailedCommandException(
                        ExitCode.FAILED,
                        "No " + (enrollment.isEmpty() ? "enrollment" : "such enrollment") + " of " + of
                                + " waits for a person: see `evenroll approval list --device " + of + " --decided`.");
            }
            if (waiting.size() > 1) {
                throw new FailedCommandException(
                        ExitCode.FAILED,
                        waiting.size() + " enrollments of " + of + " wait; say which one: "
                                + waiting.stream()
                                        .map(approval -> Printable.line(approval.enrollmentId()))
                                        .collect(Collectors.joining(", ")));
            }
            return waiting.getFirst();
        }
    }
}
