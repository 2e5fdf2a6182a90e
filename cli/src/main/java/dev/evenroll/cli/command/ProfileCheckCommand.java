package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.policy.profile.UnusableProfilesException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `evenroll profile check`.
@Command(
        name = "check",
        description = "Reads a file of certificate profiles, and shows them, or everything that is wrong.",
        footer = {
            "A file that can not be used ends the command with 1; each problem is a line FILE:LINE:COLUMN: REASON.",
            "The format: docs/PROFILES.md."
        },
        mixinStandardHelpOptions = true)
final class ProfileCheckCommand extends ProfileOutputCommand {

    @Parameters(paramLabel = "FILE", description = "File of profiles (YAML).")
    private Path file = Path.of("");

    @Override
    ProfileFile read() throws FailedCommandException {
        try {
            var profiles = ProfileFile.open(file, CRL_URL);
            if (profiles.profiles().stream().noneMatch(profile -> profile.name().equals(DeviceEntry.UNSAID_PROFILE))) {
                err().println("Note: no profile is called " + DeviceEntry.UNSAID_PROFILE
                        + ", which every device has of which nothing else is said. Add it, or name a profile with each"
                        + " device (device register --profile) and in each policy; other devices are refused.");
            }
            return profiles;
        } catch (UnusableProfilesException e) {
            if (format() == OutputFormat.JSON) {
                print(FileProblems.document(e.problems()));
            }
            throw new FailedCommandException(ExitCode.FAILED, FileProblems.sentence(file, e.problems()), e);
        } catch (IOException e) {
            throw PolicyFileCommand.unreadable(file, e);
        }
    }
}
