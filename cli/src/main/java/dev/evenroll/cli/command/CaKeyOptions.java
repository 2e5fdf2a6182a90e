package dev.evenroll.cli.command;

import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.pki.ceremony.CaName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the key of an issuing CA is to be: in a token, or in a file for tests.
final class CaKeyOptions {

    private static final int SESSIONS = 4;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(2);

    @Option(names = "--module", paramLabel = "FILE", description = "The token's PKCS#11 library.")
    private @Nullable Path module;

    @Option(names = "--token-label", paramLabel = "LABEL", description = "Label of the token.")
    private @Nullable String tokenLabel;

    @Option(
            names = "--key-label",
            paramLabel = "LABEL",
            description = "Label of the new key; for example staging-issuing-1 when not given.")
    private @Nullable String keyLabel;

    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description =
                    "File with the PIN, which only its owner may read (0600): the issuer reads it too. When it is not"
                            + " on this machine, the PIN is asked for.")
    private @Nullable Path pinFile;

    @Option(
            names = "--init-arguments",
            paramLabel = "TEXT",
            description = "What the library of NSS takes; not for others.")
    private @Nullable String initArguments;

    @Option(names = "--software", description = "No token: the key is made in a file. For tests only.")
    private boolean software;

    private boolean given() {
        return module != null || tokenLabel != null || keyLabel != null || pinFile != null || initArguments != null;
    }

    /// The place of a new key.
    ///
    /// @param before where the key of the CA before is; what is not given is taken from there
    KeyPlace place(CaDirectoryCommand command, CeremonyDirectory directory, CaName name, Optional<KeyPlace> before) {
        boolean file = software
                || (!given() && before.filter(KeyPlace.InFile.class::isInstance).isPresent());
        if (file) {
            if (given()) {
                throw command.usage("--software makes a key in a file: give no options of a token with it");
            }
            return directory.softwareKey(name.name());
        }
        var token = before.filter(KeyPlace.InToken.class::isInstance)
                .map(KeyPlace.InToken.class::cast)
                .map(KeyPlace.InToken::settings);
        return new KeyPlace.InToken(CaTokens.settings(
                name,
                required(command, "--module", Optional.ofNullable(module).or(() -> token.map(Pkcs11Settings::module))),
                required(
                        command,
                        "--token-label",
                        Optional.ofNullable(tokenLabel).or(() -> token.map(Pkcs11Settings::tokenLabel))),
                Optional.ofNullable(keyLabel),
                required(
                        command,
                        "--pin-file",
                        Optional.ofNullable(pinFile).or(() -> token.map(Pkcs11Settings::pinFile))),
                token.map(Pkcs11Settings::sessions).orElse(SESSIONS),
                token.map(Pkcs11Settings::slowAfter).orElse(SLOW_AFTER),
                Optional.ofNullable(initArguments)
                        .or(() -> token.map(Pkcs11Settings::initArguments))
                        .orElse("")));
    }

    private static <T> T required(CaDirectoryCommand command, String option, Optional<T> value) {
        return value.orElseThrow(() -> command.usage(
                option + " is missing: give --module, --token-label and --pin-file for a key in a token, or --software"
                        + " for tests"));
    }
}
