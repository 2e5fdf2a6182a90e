package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.policy.PolicyFile;
import dev.evenroll.policy.yaml.FileProblem;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.policy.UnusablePolicyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A command about a file of policies. It needs no running stack.
abstract class PolicyFileCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "File of policies (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people (default), json for programs.")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    /// Does it.
    ///
    /// @return the exit code
    abstract int run(PolicySet policies) throws FailedCommandException;

    @Override
    public final Integer call() throws FailedCommandException {
        try {
            int exitCode = run(PolicyFile.open(file).current());
            out().flush();
            return exitCode;
        } catch (UnusablePolicyException e) {
            if (format == OutputFormat.JSON) {
                print(Map.of(
                        "problems",
                        e.problems().stream().map(PolicyFileCommand::fields).toList()));
                out().flush();
            }
            throw new FailedCommandException(ExitCode.FAILED, sentence(e.problems()), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private String sentence(List<FileProblem> problems) {
        String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> Printable.line(problem.in(file.toString())))
                .collect(
                        Collectors.joining("\n", file + " can not be used, it has " + count + " (line:column):\n", ""));
    }

    private static Map<String, Object> fields(FileProblem problem) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("line", problem.line());
        fields.put("column", problem.column());
        fields.put("field", problem.field());
        fields.put("reason", problem.reason());
        return fields;
    }

    static FailedCommandException unreadable(Path file, IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "it does not exist" : failure.toString();
        return new FailedCommandException(
                ExitCode.FAILED, "Can not read " + file + ": " + reason + ". Name a file that can be read.", failure);
    }

    Path file() {
        return file;
    }

    OutputFormat format() {
        return format;
    }

    PrintWriter out() {
        return spec().commandLine().getOut();
    }

    PrintWriter err() {
        return spec().commandLine().getErr();
    }

    void print(Map<String, ?> document) {
        out().println(Json.document(document));
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        return spec;
    }
}
