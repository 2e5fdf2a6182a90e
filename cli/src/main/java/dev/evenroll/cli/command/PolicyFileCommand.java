package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.policy.ProfileWords;
import dev.evenroll.policy.PolicyFile;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.policy.UnusablePolicyException;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.policy.profile.UnusableProfilesException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A command about a file of policies. It needs no running stack.
abstract class PolicyFileCommand extends ResultCommand {

    @Parameters(paramLabel = "FILE", description = "File of policies (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--profiles",
            paramLabel = "FILE",
            description = "File of certificate profiles of the installation (default: those that are built in).")
    private @Nullable Path profiles;

    /// Does it.
    ///
    /// @return the exit code
    abstract int run(PolicySet policies) throws FailedCommandException;

    @Override
    public final Integer call() throws FailedCommandException {
        try {
            int exitCode = run(PolicyFile.open(file, admissibleProfiles()).current());
            out().flush();
            return exitCode;
        } catch (UnusablePolicyException e) {
            if (format() == OutputFormat.JSON) {
                print(FileProblems.document(e.problems()));
                out().flush();
            }
            throw new FailedCommandException(ExitCode.FAILED, FileProblems.sentence(file, e.problems()), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private AdmissibleProfiles admissibleProfiles() throws FailedCommandException {
        return profiles == null
                ? AdmissibleProfiles.builtIn()
                : AdmissibleProfiles.of(profiles(profiles).profiles());
    }

    private ProfileFile profiles(Path from) throws FailedCommandException {
        try {
            return ProfileFile.open(from, ProfileWords.CRL_URL);
        } catch (UnusableProfilesException e) {
            if (format() == OutputFormat.JSON) {
                print(FileProblems.document(e.problems()));
                out().flush();
            }
            throw new FailedCommandException(ExitCode.FAILED, FileProblems.sentence(from, e.problems()), e);
        } catch (IOException e) {
            throw unreadable(from, e);
        }
    }

    static FailedCommandException unreadable(Path file, IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "it does not exist" : failure.toString();
        return new FailedCommandException(
                ExitCode.FAILED, "Can not read " + file + ": " + reason + ". Name a file that can be read.", failure);
    }

    Path file() {
        return file;
    }
}
