package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.audit.AuditRecord;
import dev.evenroll.cli.audit.AuditSelection;
import dev.evenroll.cli.audit.AuditTrail;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.output.Table.Layout;
import dev.evenroll.cli.retry.FaultException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenroll audit tail`.
@Command(
        name = "tail",
        description = "Shows the newest records of the audit log.",
        footer = "With --output json one JSON object a line.",
        mixinStandardHelpOptions = true)
final class AuditTailCommand extends OperatorCommand {

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many records at first (default: ${DEFAULT-VALUE}).")
    private int lines = 20;

    @Option(names = "--from-beginning", description = "Every record from the first one on.")
    private boolean fromBeginning;

    @Option(names = "--follow", description = "Then wait for more, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--entity",
            paramLabel = "NAME",
            description = "Only what happened to this device, certificate or subject.")
    private @Nullable String entity;

    @Option(names = "--event", paramLabel = "EVENT", description = "Only this event, for example enrollment.refused.")
    private @Nullable String event;

    @Override
    void run(Operator operator) throws FaultException, FailedCommandException {
        if (lines < 1) {
            throw usage("--lines must be at least 1");
        }
        var selection = new AuditSelection(
                fromBeginning ? Optional.empty() : Optional.of(lines),
                follow,
                Optional.ofNullable(entity),
                Optional.ofNullable(event));
        var connection = operator.connection();
        try (var trail = AuditTrail.open(connection.auditorClient(), connection.environment())) {
            trail.read(selection, format() == OutputFormat.JSON ? new JsonLines() : new Rows());
        }
    }

    private final class JsonLines implements AuditTrail.Reader {
        @Override
        public void record(AuditRecord record) {
            out().println(Json.line(record.fields()));
            out().flush();
        }

        @Override
        public void undecodable(String sentence) {
            err().println(sentence);
        }
    }

    private final class Rows implements AuditTrail.Reader {

        private final Layout layout = new Table(
                        Column.left("TIME", 20),
                        Column.left("EVENT", 22),
                        Column.left("OUTCOME", 8),
                        Column.left("ENTITY", 22),
                        Column.wrapped("WHAT HAPPENED"))
                .streamed();
        private boolean headed;

        @Override
        public void record(AuditRecord record) {
            if (!headed) {
                out().println(layout.head());
                headed = true;
            }
            layout.lines(List.of(
                            DeviceListCommand.seconds(record.occurredAt()),
                            record.event(),
                            record.outcome(),
                            record.entity(),
                            record.message()))
                    .forEach(out()::println);
            out().flush();
        }

        @Override
        public void undecodable(String sentence) {
            err().println(sentence);
        }
    }
}
