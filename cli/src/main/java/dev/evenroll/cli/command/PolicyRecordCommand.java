package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.policy.DecisionFile;
import dev.evenroll.cli.policy.RecordedDecision;
import dev.evenroll.cli.policy.Since;
import dev.evenroll.cli.policy.events.DecisionTrail;
import dev.evenroll.cli.retry.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll policy record`.
@Command(
        name = "record",
        description = "Writes the decisions by policy of the last days to a file, with everything that the policies"
                + " looked at: one JSON object a line.",
        footer = "Try a changed file of policies on them with evenroll policy test FILE --against EVENTS.",
        mixinStandardHelpOptions = true)
final class PolicyRecordCommand extends OperatorCommand {

    @Parameters(paramLabel = "EVENTS", description = "File to write.")
    private Path events = Path.of("");

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            defaultValue = "7d",
            description = "How far back: 7d, 36h, 90m or ISO 8601 (default: ${DEFAULT-VALUE}). Topics keep 30 days.")
    private String since = "7d";

    @Option(names = "--overwrite", description = "Replace the file when it is there.")
    private boolean overwrite;

    @Override
    void run(Operator operator) throws FaultException, FailedCommandException, IOException {
        Duration back = Since.parse(since)
                .orElseThrow(() -> usage("--since: \"" + since + "\" is no duration; write it like 7d, 36h or 90m"));
        if (Files.exists(events) && (!overwrite || Files.isDirectory(events))) {
            throw new FailedCommandException(
                    ExitCode.FAILED, events + " is there already: name another file, or give --overwrite.");
        }
        var clock = InstantSource.system();
        var connection = operator.connection();
        var line = new LiveLine(err(), terminal().attended(), clock);
        try (var trail = DecisionTrail.open(connection.auditorClient(), connection.environment());
                var file = DecisionFile.begin(events)) {
            var recording = new Recording(file, line);
            trail.read(clock.instant().minus(back), recording);
            file.complete();
            line.end(recording.text());
            report(recording);
        }
    }

    private void report(Recording recording) {
        if (format() == OutputFormat.JSON) {
            var document = new LinkedHashMap<String, Object>();
            document.put("file", events.toString());
            document.put("since", since);
            document.put("events", recording.events);
            document.put("decisions", recording.file.decisions());
            document.put("undecodable", recording.undecodable);
            print(document);
        } else {
            out().println("Decisions by policy of the last " + since + " in " + events + ": "
                    + recording.file.decisions());
        }
    }

    /// What is written while it is read.
    private final class Recording implements DecisionTrail.Reader {
        private final DecisionFile file;
        private final LiveLine line;
        private long events;
        private long undecodable;

        Recording(DecisionFile file, LiveLine line) {
            this.file = file;
            this.line = line;
        }

        @Override
        public void decision(RecordedDecision decision) throws IOException {
            file.add(decision);
        }

        @Override
        public void undecodable(String sentence) {
            undecodable++;
            err().println(Printable.line(sentence));
        }

        @Override
        public void progress(long read) {
            events = read;
            line.show(text());
        }

        private String text() {
            return String.format(Locale.ROOT, "%,d events read, %,d decisions by policy", events, file.decisions());
        }
    }
}
