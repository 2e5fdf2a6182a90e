package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.stack.DataOption;
import dev.evenroll.cli.trust.TrustFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The option `--directory` of a command that takes the CAs of the local stack when it is not given.
final class LocalCaDirectoryOption {

    @Option(
            names = "--directory",
            paramLabel = "CA_DIR",
            description = "Directory of the CAs of one environment; that of the local stack when not given.")
    private @Nullable Path given;

    @Mixin
    private DataOption data = new DataOption();

    /// Whether it is that of the local stack.
    boolean isLocal() {
        return given == null;
    }

    Path directory() throws FailedCommandException {
        if (given != null) {
            return given;
        }
        var local = new TrustFiles(data.directory()).caDirectory();
        if (!Files.isDirectory(local)) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "No stack was started in " + data.directory()
                            + ", so there are no CAs there: run `evenroll up`, name the data directory of a stack with"
                            + " --data, or a directory of CAs with --directory.");
        }
        return local;
    }
}
