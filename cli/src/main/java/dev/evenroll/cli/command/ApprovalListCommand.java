package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Approval;
import dev.evenroll.cli.administration.Approvals.Selection;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll approval list`.
@Command(name = "list", description = "Lists the enrollments that wait for a person.", mixinStandardHelpOptions = true)
final class ApprovalListCommand extends OperatorCommand {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = DeviceArgument.class,
            description = "Only those of this device.")
    private @Nullable DeviceId device;

    @Option(names = "--decided", description = "Those that are decided instead, with who decided and why.")
    private boolean decided;

    @Mixin
    private PageOptions pages = new PageOptions();

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        var selection = new Selection(
                Optional.ofNullable(device).map(DeviceId::value), Optional.of(decided), pages.after(), pages.limit());
        try (var approvals = operator.approvals()) {
            var page = approvals.list(selection);
            if (format() == OutputFormat.JSON) {
                print(PageOptions.document("approvals", page, Approval::fields));
                return;
            }
            var table = new Table(
                    Column.left("DEVICE", 24),
                    Column.left("ENROLLMENT", 16),
                    Column.left(decided ? "DECIDED" : "SINCE", 20),
                    Column.left(decided ? "DECISION" : "EXPIRES", 20),
                    Column.wrapped("WHY"));
            page.items().forEach(approval -> row(table, approval));
            print(table);
            PageOptions.hint(page).ifPresent(err()::println);
        }
    }

    private static void row(Table table, Approval approval) {
        var said = approval.decision();
        table.row(
                approval.deviceId(),
                approval.enrollmentId(),
                DeviceListCommand.seconds(said.map(Approval.Decision::decidedAt).orElse(approval.pendingSince())),
                said.map(decision -> decision.approved() ? "approved" : "rejected")
                        .orElse(DeviceListCommand.seconds(approval.expiresAt())),
                said.map(decision -> decision.actor() + ": " + decision.reason())
                        .orElse(approval.reason()));
    }
}
