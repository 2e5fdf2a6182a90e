package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.credentials.IdentityFiles;
import dev.evenroll.cli.tls.ClientIdentity;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that lets the command act as a registration authority: a local controller or a factory line.
final class AuthorityOption {

    /// The files in the directory of an authority.
    static final String CERTIFICATE = "certificate.pem";

    static final String KEY = "key.pem";

    @Option(
            names = "--as-authority",
            paramLabel = "DIR",
            description =
                    "Acts with the certificate of a registration authority: certificate.pem and key.pem in DIR, as"
                            + " `evenroll authority certificate` makes them.")
    private @Nullable Path directory;

    boolean given() {
        return directory != null;
    }

    /// Key and certificate of the authority.
    ///
    /// @throws IllegalStateException when the option is not given
    ClientIdentity identity() throws FailedCommandException, IOException {
        if (directory == null) {
            throw new IllegalStateException("--as-authority is not given");
        }
        return IdentityFiles.read(directory.resolve(CERTIFICATE), directory.resolve(KEY));
    }
}
