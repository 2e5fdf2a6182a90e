package dev.evenroll.cli.command;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.Terminal;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command with a result, for people or for programs. It goes to standard output, everything else to standard error.
abstract class ResultCommand implements Callable<Integer>, Asking {

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people (default), json for programs.")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    OutputFormat format() {
        return format;
    }

    PrintWriter out() {
        return spec().commandLine().getOut();
    }

    @Override
    public PrintWriter err() {
        return spec().commandLine().getErr();
    }

    @Override
    public Terminal terminal() {
        return spec().root().userObject() instanceof Evenroll command ? command.terminal() : Terminal.ofProcess();
    }

    /// The command line is wrong.
    ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    void print(Map<String, ?> document) {
        out().println(Json.document(document));
    }

    void print(Table table) {
        table.lines().forEach(out()::println);
    }

    /// Why a file could not be used.
    ///
    /// @param otherwise the sentence when the failure has none of its own
    static String sentence(IOException failure, String otherwise) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist.";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user.";
            default -> otherwise;
        };
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        return spec;
    }
}
