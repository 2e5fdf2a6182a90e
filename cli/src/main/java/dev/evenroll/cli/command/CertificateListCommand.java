package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.Inventory.Selection;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll certificate list`.
@Command(
        name = "list",
        description = "Lists issued certificates in the order of their ids.",
        mixinStandardHelpOptions = true)
final class CertificateListCommand extends OperatorCommand {

    /// What may be asked for.
    enum State {
        ISSUED,
        INSTALLED,
        SUPERSEDED,
        ON_HOLD,
        REVOKED,
        EXPIRED;

        /// As it is written, and as the inventory calls it.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = DeviceArgument.class,
            description = "Only those of this device.")
    private @Nullable DeviceId device;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Mixin
    private PageOptions pages = new PageOptions();

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        var selection = new Selection(
                Optional.ofNullable(device).map(DeviceId::value),
                Optional.ofNullable(state).map(State::toString),
                pages.after(),
                pages.limit());
        try (var inventory = operator.inventory()) {
            var page = inventory.certificates(selection);
            if (format() == OutputFormat.JSON) {
                print(PageOptions.document("certificates", page, Certificate::fields));
                return;
            }
            var table = new Table(
                    Column.left("SERIAL NUMBER", 40),
                    Column.left("DEVICE", 22),
                    Column.left("STATE", 10),
                    Column.left("NOT BEFORE", 10),
                    Column.left("NOT AFTER", 10),
                    Column.left("REASON", 20));
            for (var certificate : page.items()) {
                table.row(
                        certificate.serialNumber(),
                        certificate.deviceId(),
                        certificate.state(),
                        day(certificate.notBefore()),
                        day(certificate.notAfter()),
                        certificate.reason().orElse("-"));
            }
            print(table);
            PageOptions.hint(page).ifPresent(err()::println);
        }
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
