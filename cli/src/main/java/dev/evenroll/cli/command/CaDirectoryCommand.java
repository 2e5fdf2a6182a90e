package dev.evenroll.cli.command;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.Terminal;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command about the CAs of a directory. Results go to standard output, everything else to standard error.
abstract class CaDirectoryCommand implements Callable<Integer>, Asking {

    @Option(
            names = "--directory",
            required = true,
            paramLabel = "CA_DIR",
            description = "Directory of the CAs of one environment.")
    private Path directory = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people (default), json for programs.")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    /// Does it.
    abstract void run(CeremonyDirectory directory)
            throws CeremonyException, FailedCommandException, MalformedException, IOException;

    @Override
    public final Integer call() throws FailedCommandException {
        try {
            run(CeremonyDirectory.of(directory));
            out().flush();
            return ExitCode.OK;
        } catch (CeremonyException e) {
            throw new FailedCommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } catch (MalformedException e) {
            throw new FailedCommandException(ExitCode.FAILED, e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new FailedCommandException(ExitCode.FAILED, sentence(e), e);
        }
    }

    private static String sentence(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist.";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user.";
            default -> "A file could not be read or written: " + failure.getMessage() + ".";
        };
    }

    OutputFormat format() {
        return format;
    }

    InstantSource clock() {
        return clock;
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

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        return spec;
    }
}
