package dev.evenroll.e2e.bench;

import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.SoftToken;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class PipelineBenchCommand extends BenchCommand {

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

    @Mixin
    private QuickStartOption quickStart = new QuickStartOption();

    @Option(
            names = "--ca-key",
            paramLabel = "PLACE",
            description =
                    "Where the key of the CA is: ${COMPLETION-CANDIDATES}; both, one after the other, by default.")
    private @Nullable CaKey caKey;

    @Override
    void check() {
        atLeast("--enrollments", enrollments, FEWEST_ENROLLMENTS);
        atLeast("--warm-up", warmUp, 0);
        atLeast("--rounds", rounds, 1);
    }

    @Override
    void run(BenchDirectory place) throws Exception {
        var results = new LinkedHashMap<String, Map<String, Object>>();
        for (var kept : caKey == null ? List.of(CaKey.FILE, CaKey.TOKEN) : List.of(caKey)) {
            results.put(CaKeyAtHand.name(kept), measured(place.below(kept.label()), kept));
        }
        show(results);
    }

    private Map<String, Object> measured(Path data, CaKey kept) throws Exception {
        if (kept == CaKey.TOKEN && SoftToken.module().isEmpty()) {
            progress("SoftHSM2 is not installed (Debian: softhsm2): the pass with a key in a token is skipped.");
            return Map.of("skipped", "SoftHSM2 is not installed");
        }
        try (var bench = PipelineBench.start(
                data, kept, new PipelineSize(enrollments, warmUp, rounds), quickStart.compilation(), this::progress)) {
            return bench.run().fields();
        }
    }

    private void show(Map<String, Map<String, Object>> results) {
        if (format() == OutputFormat.TABLE) {
            table(results).lines().forEach(out()::println);
            return;
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("enrollments", enrollments);
        document.put("rounds", rounds);
        document.put("cores", Runtime.getRuntime().availableProcessors());
        document.putAll(results);
        print(document);
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
