package dev.evenroll.e2e.bench;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.process.FailedStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenroll bench hsm`: the issuer with a key that takes its time.
@Command(
        name = "hsm",
        description = "Measures how many certificates the issuer signs with a key as slow as one in an HSM.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "The delay is put before the key of the issuer by an agent in its JVM. Takes about two minutes."
        })
final class HsmBenchCommand implements Callable<Integer> {

    private static final int MOST_SESSIONS = 256;
    private static final int FEWEST_SIGNATURES = 100;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "20ms",
            converter = LatencyArgument.class,
            description = "How long the key takes for a signature (${DEFAULT-VALUE}).")
    private Duration latency = Duration.ZERO;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many signatures the key makes at a time (${DEFAULT-VALUE}); 1 to 256.")
    private int sessions;

    @Option(
            names = "--signatures",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Certificates of each of the rounds (${DEFAULT-VALUE}); at least 100.")
    private int signatures;

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
    public Integer call() throws IOException, InterruptedException, FailedCommandException {
        var command = Objects.requireNonNull(spec).commandLine();
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw new ParameterException(command, "--sessions: is " + sessions + "; give 1 to " + MOST_SESSIONS + ".");
        }
        if (signatures < FEWEST_SIGNATURES) {
            throw new ParameterException(
                    command, "--signatures: is " + signatures + "; give at least " + FEWEST_SIGNATURES + ".");
        }
        var data = Files.createTempDirectory(
                directory == null ? Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"))) : directory,
                "evenroll-bench");
        try (var bench = HsmBench.start(data, latency, sessions, signatures, line -> {
            command.getErr().println(line);
            command.getErr().flush();
        })) {
            var result = bench.run();
            if (output == OutputFormat.JSON) {
                command.getOut().println(Json.document(result.fields()));
            } else {
                result.fields().forEach((name, value) -> command.getOut().printf("%-24s %s%n", name, value));
            }
            return 0;
        } catch (FailedStartException failed) {
            throw new FailedCommandException(1, String.valueOf(failed.getMessage()));
        } finally {
            remove(data);
        }
    }

    private static void remove(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
