package dev.evenroll.cli.command;

import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.pki.ceremony.CaName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The key of a CA in a token, with what is the rule where nothing is given.
final class CaTokens {

    private CaTokens() {}

    /// @param keyLabel when empty, environment and name: `staging-issuing-1`
    static Pkcs11Settings settings(
            CaName name,
            Path module,
            String tokenLabel,
            Optional<String> keyLabel,
            Path pinFile,
            int sessions,
            Duration slowAfter,
            String initArguments) {
        return new Pkcs11Settings(
                module.toAbsolutePath().normalize(),
                tokenLabel,
                keyLabel.orElse(name.environment() + "-" + name.name()),
                pinFile.toAbsolutePath().normalize(),
                sessions,
                slowAfter,
                initArguments);
    }
}
