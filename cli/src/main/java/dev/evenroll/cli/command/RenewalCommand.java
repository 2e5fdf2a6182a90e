package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Renewal;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll renewal`: when certificates are to be renewed.
@Command(
        name = "renewal",
        description = "Shows when certificates are to be renewed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RenewalCommand.All.class, RenewalCommand.Due.class})
public final class RenewalCommand {

    @Command(
            name = "list",
            description = "Lists the renewals of all devices in the order of their time, those that are due first.",
            mixinStandardHelpOptions = true)
    static final class All extends Listing {

        @Override
        Optional<Instant> until() {
            return Optional.empty();
        }
    }

    @Command(
            name = "due",
            description = "Lists the renewals that are due and not done, the oldest first.",
            footer = "A back end triggers them from the topic renewal.due.",
            mixinStandardHelpOptions = true)
    static final class Due extends Listing {

        @Option(
                names = "--within",
                paramLabel = "TIME",
                converter = DurationArgument.class,
                description = "And those that will be due within this time: 24h, 7d.")
        private @Nullable Duration within;

        @Override
        Optional<Instant> until() {
            return Optional.of(InstantSource.system().instant().plus(within == null ? Duration.ZERO : within));
        }
    }

    /// What both have.
    abstract static class Listing extends OperatorCommand {

        @Mixin
        private PageOptions pages = new PageOptions();

        /// The latest that is listed.
        abstract Optional<Instant> until();

        @Override
        final void run(Operator operator)
                throws FaultException, FinalException, FailedCommandException, InterruptedException {
            try (var inventory = operator.inventory()) {
                var page = inventory.renewals(until(), pages.after(), pages.limit());
                if (format() == OutputFormat.JSON) {
                    print(PageOptions.document("renewals", page, Renewal::fields));
                    return;
                }
                var table = new Table(
                        Column.left("DEVICE", 22),
                        Column.left("OCPP IDENTITY", 22),
                        Column.left("SITE", 16),
                        Column.left("DUE", 10),
                        Column.left("NOT AFTER", 10),
                        Column.left("SAID", 8));
                for (var renewal : page.items()) {
                    table.row(
                            renewal.deviceId(),
                            renewal.ocppIdentity().orElse("-"),
                            renewal.site().orElse("-"),
                            day(renewal.dueAt()),
                            day(renewal.notAfter()),
                            renewal.said().orElse("-"));
                }
                print(table);
                PageOptions.hint(page).ifPresent(err()::println);
            }
        }

        private static String day(Instant instant) {
            return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
        }
    }
}
