package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll key`: the public keys that devices have claimed.
@Command(
        name = "key",
        description = "Shows whose a public key is, and blocks keys that may not be certified any more.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyShowCommand.class, KeyBlockCommand.class})
public final class KeyCommand {}
