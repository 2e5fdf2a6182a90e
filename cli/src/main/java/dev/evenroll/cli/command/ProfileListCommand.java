package dev.evenroll.cli.command;

import dev.evenroll.policy.profile.ProfileFile;
import picocli.CommandLine.Command;

/// `evenroll profile list`.
@Command(
        name = "list",
        description = "Shows the certificate profiles that are built in.",
        footer = {
            "They hold where evenroll.profiles of csr-validator and issuer names no file.",
            "The format: docs/PROFILES.md."
        },
        mixinStandardHelpOptions = true)
final class ProfileListCommand extends ProfileOutputCommand {

    @Override
    ProfileFile read() {
        return ProfileFile.builtIn(CRL_URL);
    }
}
