package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll key`: public keys of devices.
@Command(
        name = "key",
        description = "Shows whose a public key is, and blocks keys that are known to be bad.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyShowCommand.class, KeyBlockCommand.class})
public final class KeyCommand {}
