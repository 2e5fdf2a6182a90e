package dev.evenroll.e2e.bench;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenroll bench registry`: the registry and the decision, small and with N devices.
@Command(
        name = "registry",
        description = "Measures the decision with 1,000 and with N registered devices, the import, and restarts.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "Takes about ten minutes and 4 GiB of disk for a million devices on two cores."
        })
final class RegistryBenchCommand implements Callable<Integer> {

    private static final int FEWEST_REQUESTS = 100;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Registered devices at the end (${DEFAULT-VALUE}); at least 2,000.")
    private int devices;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Requests in each of the rounds that are decided (${DEFAULT-VALUE}); at least 100.")
    private int requests;

    @Option(
            names = "--quick-start",
            description = "Compile with the first compiler only, for a trial: the figures are worth little.")
    private boolean quickStart;

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
        if (devices < RegistryBench.FEWEST_DEVICES) {
            throw new ParameterException(
                    command, "--devices: is " + devices + "; give at least " + RegistryBench.FEWEST_DEVICES + ".");
        }
        if (requests < FEWEST_REQUESTS) {
            throw new ParameterException(
                    command, "--requests: is " + requests + "; give at least " + FEWEST_REQUESTS + ".");
        }
        try (var place = BenchDirectory.in(directory);
                var bench = RegistryBench.start(
                        place.path(),
                        devices,
                        requests,
                        quickStart ? Compilation.QUICK_START : Compilation.THROUGHPUT,
                        line -> {
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
        }
    }
}
