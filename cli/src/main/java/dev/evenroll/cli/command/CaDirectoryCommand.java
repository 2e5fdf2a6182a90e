package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/// A command about the CAs of a directory.
abstract class CaDirectoryCommand extends ResultCommand {

    @Option(
            names = "--directory",
            required = true,
            paramLabel = "CA_DIR",
            description = "Directory of the CAs of one environment.")
    private Path directory = Path.of("");

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
            throw new FailedCommandException(
                    ExitCode.FAILED, sentence(e, "A file could not be read or written: " + e.getMessage() + "."), e);
        }
    }

    InstantSource clock() {
        return clock;
    }
}
