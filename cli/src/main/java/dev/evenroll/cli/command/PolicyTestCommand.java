package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.policy.Decision;
import dev.evenroll.cli.policy.RecordedDecisions;
import dev.evenroll.cli.policy.Replay;
import dev.evenroll.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenroll policy test`.
@Command(
        name = "test",
        description = "Decides recorded requests again under a file of policies, and shows each that is decided"
                + " differently, and why.",
        footer = {
            "Ends with 0 whatever is decided differently, and with 1 when the file of policies or a line of the events",
            "can not be used. Quotas are counted anew in each clock hour, in the order of the events."
        },
        mixinStandardHelpOptions = true)
final class PolicyTestCommand extends PolicyFileCommand {

    private static final String NONE = "none";

    @Option(
            names = "--against",
            paramLabel = "EVENTS",
            required = true,
            description = "Recorded requests, as evenroll policy record writes them.")
    private Path events = Path.of("");

    @Override
    int run(PolicySet policies) throws FailedCommandException {
        var recorded = recorded();
        var result = Replay.of(policies, recorded.decisions());
        if (format() == OutputFormat.JSON) {
            print(document(policies, recorded, result));
        } else {
            table(policies, result);
        }
        out().flush();
        recorded.badLines().forEach(bad -> err().println(events + ":" + bad.line() + ": " + bad.reason()));
        if (!recorded.badLines().isEmpty()) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    recorded.badLines().size() + " of the lines of " + events
                            + " could not be used, and are not counted. Record the events again.");
        }
        return ExitCode.OK;
    }

    private RecordedDecisions recorded() throws FailedCommandException {
        try {
            return RecordedDecisions.read(events);
        } catch (IOException e) {
            throw unreadable(events, e);
        }
    }

    private void table(PolicySet policies, Replay.Result result) {
        out().println("Version " + policies.version() + " on " + String.format(Locale.ROOT, "%,d", result.decisions())
                + " recorded decisions: " + result.differences().size() + " would end differently, "
                + result.otherPolicies() + " alike by another policy");
        if (result.decisions() == 0) {
            return;
        }
        out().println();
        var totals = new Table(Column.left("DECISION", 10), Column.right("THEN", 10), Column.right("NOW", 10));
        for (var decision : Decision.values()) {
            totals.row(decision.word(), count(result.then(), decision), count(result.now(), decision));
        }
        totals.lines().forEach(out()::println);
        if (!result.differences().isEmpty()) {
            out().println();
            differences(result.differences());
        }
    }

    private static String count(Map<Decision, Integer> counts, Decision decision) {
        return Integer.toString(counts.getOrDefault(decision, 0));
    }

    private void differences(List<Replay.Difference> differences) {
        var layout = new Table(
                        Column.left("DECIDED", 20),
                        Column.left("DEVICE", 16),
                        Column.left("DECISION", 18),
                        Column.left("POLICY", 24),
                        Column.wrapped("WHY"))
                .streamed();
        out().println(layout.head());
        for (var difference : differences) {
            var recorded = difference.recorded();
            layout.lines(List.of(
                            DeviceListCommand.seconds(recorded.facts().at()),
                            recorded.facts().deviceId(),
                            difference.then().word() + " -> " + difference.now().word(),
                            orNone(recorded.policy()) + " -> " + orNone(difference.policyNow()),
                            difference.why()))
                    .forEach(out()::println);
        }
    }

    private static String orNone(String policy) {
        return policy.isEmpty() ? NONE : policy;
    }

    private Map<String, Object> document(PolicySet policies, RecordedDecisions recorded, Replay.Result result) {
        var document = new LinkedHashMap<String, Object>();
        document.put("file", file().toString());
        document.put("version", policies.version());
        document.put("events", events.toString());
        document.put("decisions", result.decisions());
        document.put("then", counts(result.then()));
        document.put("now", counts(result.now()));
        document.put("different", result.differences().size());
        document.put("alikeByAnotherPolicy", result.otherPolicies());
        document.put(
                "differences",
                result.differences().stream().map(PolicyTestCommand::fields).toList());
        document.put(
                "badLines",
                recorded.badLines().stream()
                        .map(bad -> Map.of("line", bad.line(), "reason", bad.reason()))
                        .toList());
        return document;
    }

    private static Map<String, Object> counts(Map<Decision, Integer> counts) {
        var fields = new LinkedHashMap<String, Object>();
        for (var decision : Decision.values()) {
            fields.put(decision.word(), counts.getOrDefault(decision, 0));
        }
        return fields;
    }

    private static Map<String, Object> fields(Replay.Difference difference) {
        var recorded = difference.recorded();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("decidedAt", recorded.facts().at().toString());
        fields.put("deviceId", recorded.facts().deviceId());
        fields.put("enrollmentId", recorded.enrollmentId());
        fields.put("then", difference.then().word());
        fields.put("now", difference.now().word());
        fields.put("policyThen", recorded.policy());
        fields.put("policyNow", difference.policyNow());
        fields.put("versionThen", recorded.version());
        fields.put("why", difference.why());
        return fields;
    }
}
