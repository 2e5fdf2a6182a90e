package dev.evenroll.cli.command;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.Terminal;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.login.LoginException;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.stack.DataOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that acts on a running stack. Results go to standard output, everything else to standard error.
abstract class OperatorCommand implements Callable<Integer>, Asking {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people (default), json for programs.")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    /// Does it.
    abstract void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException;

    @Override
    public final Integer call() throws FailedCommandException, InterruptedException {
        try {
            run(new Operator(data));
            out().flush();
            return ExitCode.OK;
        } catch (FaultException e) {
            throw new FailedCommandException(
                    ExitCode.UNREACHABLE,
                    e.getMessage() + "\n"
                            + (e.answered()
                                    ? "Try again in a while; the logs of the stack are in "
                                    : "Is the stack up? `evenroll up` starts it; its logs are in ")
                            + data.directory().resolve("logs") + ".",
                    e);
        } catch (RefusedException | LoginException e) {
            throw new FailedCommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (FinalException e) {
            throw new FailedCommandException(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new FailedCommandException(ExitCode.FAILED, sentence(e), e);
        }
    }

    private static String sentence(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist.";
            case FileAlreadyExistsException exists -> exists.getFile() + " is there already; it is not overwritten.";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user.";
            default -> "A file could not be read or written: " + failure;
        };
    }

    DataOption data() {
        return data;
    }

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

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        return spec;
    }
}
