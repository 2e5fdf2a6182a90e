package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.credentials.IdentityFiles;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.job.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// With whose certificate a job is posted and read.
final class StationOption {

    @Option(
            names = "--as",
            required = true,
            paramLabel = "DIR",
            description = "Where certificate.pem and key.pem of the factory line are, as `evenroll authority"
                    + " certificate` makes them.")
    private @Nullable Path directory;

    /// The gateway, as the station speaks to it.
    Jobs jobs(OperatorCommand command, Operator operator) throws FailedCommandException, IOException {
        if (directory == null) {
            throw command.usage("Missing required option: '--as=DIR'");
        }
        var certificate = directory.resolve(AuthorityOption.CERTIFICATE);
        var key = directory.resolve(AuthorityOption.KEY);
        if (!Files.exists(certificate) || !Files.exists(key)) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    directory + " does not hold certificate.pem and key.pem of a factory line: make them with `evenroll"
                            + " authority certificate NAME --out " + directory + "`.");
        }
        var server = EstServer.of(operator.connection().est(), operator.caChain());
        return new Jobs(server, IdentityFiles.read(certificate, key));
    }

    /// As it was given.
    String text() {
        return String.valueOf(directory);
    }
}
