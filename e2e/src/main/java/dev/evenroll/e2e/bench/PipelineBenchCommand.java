package dev.evenroll.e2e.bench;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.SoftToken;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenroll bench pipeline`: what a certificate costs, and how far that is from what cryptography alone costs.
@Command(
        name = "pipeline",
        description = "Measures the CPU time of a certificate: the cryptography alone, the issuer, the whole pipeline.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "docs/PERFORMANCE.md says what is counted, and where it goes."
        })
final class PipelineBenchCommand implements Callable<Integer> {

    private static final int FEWEST_ENROLLMENTS = 10;

    @Option(
            names = "--enrollments",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Enrollments in each of the rounds (${DEFAULT-VALUE}); at least 10.")
    private int enrollments;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "16000",
            description = "Enrollments before that, until the JVMs have compiled (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds, of which the median counts (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--quick-start",
            description = "Compile with the first compiler only, for a trial: the figures are worth little.")
    private boolean quickStart;

    @Option(
            names = "--ca-key",
            paramLabel = "PLACE",
            description =
                    "Where the key of the CA is: ${COMPLETION-CANDIDATES}; both, one after the other, by default.")
    private @Nullable CaKey caKey;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the stack keeps its data while it is measured; a temporary directory by default.")
    private @Nullable Path directory;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to print the result: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        atLeast("--enrollments", enrollments, FEWEST_ENROLLMENTS);
        atLeast("--warm-up", warmUp, 0);
        atLeast("--rounds", rounds, 1);
        var results = new LinkedHashMap<String, Map<String, Object>>();
        try (var place = BenchDirectory.in(directory)) {
            for (var kept : caKey == null ? List.of(CaKey.FILE, CaKey.TOKEN) : List.of(caKey)) {
                results.put(CaKeyAtHand.name(kept), measured(place.below(kept.label()), kept));
            }
        } catch (FailedStartException failed) {
            throw new FailedCommandException(1, String.valueOf(failed.getMessage()));
        }
        print(results);
        return 0;
    }

    private Map<String, Object> measured(Path data, CaKey kept) throws Exception {
        if (kept == CaKey.TOKEN && SoftToken.module().isEmpty()) {
            progress("SoftHSM2 is not installed (Debian: softhsm2): the pass with a key in a token is skipped.");
            return Map.of("skipped", "SoftHSM2 is not installed");
        }
        try (var bench = PipelineBench.start(
                data,
                kept,
                new PipelineSize(enrollments, warmUp, rounds),
                quickStart ? Compilation.QUICK_START : Compilation.THROUGHPUT,
                this::progress)) {
            return bench.run().fields();
        }
    }

    private void progress(String line) {
        var err = commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void print(Map<String, Map<String, Object>> results) {
        var out = commandLine().getOut();
        if (output == OutputFormat.JSON) {
            var document = new LinkedHashMap<String, Object>();
            document.put("enrollments", enrollments);
            document.put("rounds", rounds);
            document.put("cores", Runtime.getRuntime().availableProcessors());
            document.putAll(results);
            out.println(Json.document(document));
        } else {
            table(results).lines().forEach(out::println);
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private void atLeast(String option, int value, int fewest) {
        if (value < fewest) {
            throw new ParameterException(commandLine(), option + ": is " + value + "; give at least " + fewest + ".");
        }
    }

    private static Table table(Map<String, Map<String, Object>> results) {
        var table = new Table(Column.left("KEY", 20), Column.left("FIGURE", 50), Column.right("VALUE", 20));
        results.forEach((key, fields) -> fields.forEach((name, value) -> {
            if (value instanceof Map<?, ?> parts) {
                parts.forEach((part, figure) -> table.row(key, name + " " + part, String.valueOf(figure)));
            } else {
                table.row(key, name, String.valueOf(value));
            }
        }));
        return table;
    }
}
