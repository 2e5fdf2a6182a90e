package dev.evenroll.e2e.bench;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.process.FailedStartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that measures a stack of its own. The result goes to standard output, the progress to standard error.
abstract class BenchCommand implements Callable<Integer> {

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
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    /// Judges the options, before anything is started.
    abstract void check();

    /// Measures, and prints the result.
    ///
    /// @param place for the data of the stacks
    abstract void run(BenchDirectory place) throws Exception;

    @Override
    public final Integer call() throws Exception {
        check();
        try (var place = BenchDirectory.in(directory)) {
            run(place);
            return ExitCode.OK;
        } catch (FailedStartException failed) {
            throw new FailedCommandException(ExitCode.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    /// Refuses a number that is too small.
    void atLeast(String option, int value, int fewest) {
        if (value < fewest) {
            throw usage(option + ": is " + value + "; give at least " + fewest + ".");
        }
    }

    /// The command line is wrong.
    ParameterException usage(String message) {
        return new ParameterException(commandLine(), message);
    }

    OutputFormat format() {
        return format;
    }

    PrintWriter out() {
        return commandLine().getOut();
    }

    /// Says how far the measurement is.
    void progress(String line) {
        var err = commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /// Prints a result that is one list of figures.
    void print(Map<String, Object> figures) {
        if (format == OutputFormat.JSON) {
            out().println(Json.document(figures));
        } else {
            figures.forEach((name, value) -> out().printf("%-24s %s%n", name, value));
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        return spec.commandLine();
    }
}
