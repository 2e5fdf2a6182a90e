package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.trust.SoftToken;
import dev.evenroll.cli.trust.SoftTokenEnvironment;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// A command about the CAs of a directory.
abstract class CaDirectoryCommand extends ResultCommand {

    private final InstantSource clock = InstantSource.system();

    /// Where the CAs are.
    abstract Path directory() throws FailedCommandException;

    /// Does it.
    abstract void run(CeremonyDirectory directory)
            throws CeremonyException, FailedCommandException, MalformedException, IOException;

    @Override
    public final Integer call() throws FailedCommandException {
        try {
            var directory = CeremonyDirectory.of(directory());
            var token = SoftToken.of(directory.path());
            if (token.isThere()) {
                SoftTokenEnvironment.set(token);
            }
            run(directory);
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
