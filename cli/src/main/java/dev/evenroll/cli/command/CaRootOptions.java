package dev.evenroll.cli.command;

import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CaPlan;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.pki.ceremony.CaName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A new root: where its key is to be, of which type, for how long.
final class CaRootOptions {

    @Option(
            names = "--root-module",
            paramLabel = "FILE",
            description =
                    "PKCS#11 library of the root's token; when no option of the root's token is given, the root's key"
                            + " is in the same token.")
    private @Nullable Path module;

    @Option(names = "--root-token-label", paramLabel = "LABEL", description = "Label of the root's token.")
    private @Nullable String tokenLabel;

    @Option(
            names = "--root-key-label",
            paramLabel = "LABEL",
            description = "Label of the root's key; for example staging-root-1 when not given.")
    private @Nullable String keyLabel;

    @Option(
            names = "--root-pin-file",
            paramLabel = "FILE",
            description = "File with the PIN of the root's token (0600); when not given, the PIN is asked for.")
    private @Nullable Path pinFile;

    @Option(
            names = "--root-init-arguments",
            paramLabel = "TEXT",
            description = "What the library of NSS takes; not for others.")
    private @Nullable String initArguments;

    @Option(names = "--root-software", description = "The root's key is made in a file. For tests only.")
    private boolean software;

    @Option(
            names = "--root-key-type",
            paramLabel = "TYPE",
            converter = KeyTypeArgument.class,
            defaultValue = "P-384",
            description = "Type of the root's key (default P-384).")
    private KeyType type = KeyType.P_384;

    @Option(
            names = "--root-validity",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            defaultValue = "7300d",
            description = "How long the root is valid (default 7300d, 20 years).")
    private Duration validity = Duration.ofDays(7300);

    /// The root that is to be made.
    ///
    /// @param neighbour where the issuing CA's key is, or that of the root before: the root's is in the same token
    ///     unless another is given
    CaPlan plan(
            CaDirectoryCommand command,
            CeremonyDirectory directory,
            CaName name,
            Optional<KeyPlace> neighbour,
            Instant now) {
        return new CaPlan(name, place(command, directory, name, neighbour), type, validity, now);
    }

    private KeyPlace place(
            CaDirectoryCommand command, CeremonyDirectory directory, CaName name, Optional<KeyPlace> neighbour) {
        boolean tokenGiven = module != null || tokenLabel != null || initArguments != null;
        if (software
                || (!tokenGiven
                        && neighbour.filter(KeyPlace.InFile.class::isInstance).isPresent())) {
            if (tokenGiven || pinFile != null || keyLabel != null) {
                throw command.usage("--root-software makes a key in a file: give no options of a token with it");
            }
            return directory.softwareRootKey(name.name());
        }
        if (!tokenGiven && neighbour.orElse(null) instanceof KeyPlace.InToken(var same)) {
            return new KeyPlace.InToken(CaTokens.settings(
                    name,
                    same.module(),
                    same.tokenLabel(),
                    Optional.ofNullable(keyLabel),
                    Optional.ofNullable(pinFile).orElse(same.pinFile()),
                    1,
                    same.slowAfter(),
                    same.initArguments()));
        }
        if (module == null || tokenLabel == null) {
            throw command.usage("The root needs --root-module and --root-token-label for a key in a token, or"
                    + " --root-software for tests");
        }
        return new KeyPlace.InToken(CaTokens.settings(
                name,
                module,
                tokenLabel,
                Optional.ofNullable(keyLabel),
                Optional.ofNullable(pinFile)
                        .orElse(directory.path().resolve("roots").resolve(name.name() + ".pin")),
                1,
                Duration.ofSeconds(10),
                initArguments == null ? "" : initArguments));
    }
}
