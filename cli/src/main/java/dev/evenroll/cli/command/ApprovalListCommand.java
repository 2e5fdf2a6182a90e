package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Approval;
import dev.evenroll.cli.administration.Approvals.Selection;
import dev.evenroll.cli.administration.Page;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll approval list`.
@Command(
        name = "list",
        description = "Lists the enrollments that wait for a person.",
        footer = "KEY and REQUESTER are the beginnings of SHA-256 digests: of the key that is to be certified"
                + " (SubjectPublicKeyInfo), and of the certificate of who asks for it. --output json shows them whole."
                + " The beginning of an enrollment's id is enough to name it, as long as no other of its device begins"
                + " so.",
        mixinStandardHelpOptions = true)
final class ApprovalListCommand extends OperatorCommand {

    /// Of the 64 digits of an id or a fingerprint: enough for a person to tell those of one device apart.
    private static final int SHOWN_DIGITS = 12;

    @Option(names = "--all", description = "Also those that are decided.")
    private boolean all;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = DeviceArgument.class,
            description = "Only those of this device.")
    private @Nullable DeviceId device;

    @Mixin
    private PageOptions pages = new PageOptions();

    private final InstantSource clock = InstantSource.system();

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        var selection = new Selection(
                Optional.ofNullable(device).map(DeviceId::value),
                all ? Optional.empty() : Optional.of(false),
                pages.after(),
                pages.limit());
        try (var approvals = operator.approvals()) {
            var page = approvals.list(selection);
            if (format() == OutputFormat.JSON) {
                print(PageOptions.document("approvals", page, Approval::fields));
            } else {
                show(page);
            }
        }
    }

    private void show(Page<Approval> page) {
        var now = clock.instant();
        var table = new Table(
                Column.left("DEVICE", 22),
                Column.left("ENROLLMENT", SHOWN_DIGITS),
                Column.left("EXPIRES", 20),
                Column.left("STATE", 8),
                Column.left("KEY", SHOWN_DIGITS),
                Column.left("REQUESTER", SHOWN_DIGITS),
                Column.wrapped("WHY"));
        for (var approval : page.items()) {
            table.row(
                    approval.deviceId(),
                    beginning(approval.enrollmentId()),
                    DeviceListCommand.seconds(approval.expiresAt()),
                    state(approval, now),
                    beginning(approval.keySha256()),
                    beginning(approval.requesterSha256()),
                    why(approval));
        }
        print(table);
        PageOptions.hint(page).ifPresent(err()::println);
    }

    private static String beginning(String digits) {
        return digits.isEmpty() ? "-" : digits.substring(0, Math.min(SHOWN_DIGITS, digits.length()));
    }

    static String state(Approval approval, Instant now) {
        if (approval.decision().isPresent()) {
            return approval.decision().get().approved() ? "approved" : "rejected";
        }
        return now.isBefore(approval.expiresAt()) ? "waits" : "expired";
    }

    private static String why(Approval approval) {
        return approval.decision()
                .map(decision -> approval.reason() + " [" + decision.actor() + ": " + decision.reason() + "]")
                .orElse(approval.reason());
    }
}
