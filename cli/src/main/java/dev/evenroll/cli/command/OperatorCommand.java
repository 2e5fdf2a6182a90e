package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.login.LoginException;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.stack.DataOption;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import picocli.CommandLine.Mixin;

/// A command that acts on a running stack.
abstract class OperatorCommand extends ResultCommand {

    @Mixin
    private DataOption data = new DataOption();

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
        } catch (FileAlreadyExistsException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED, e.getFile() + " is there already; it is not overwritten.", e);
        } catch (IOException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED, sentence(e, "A file could not be read or written: " + e), e);
        }
    }

    DataOption data() {
        return data;
    }
}
