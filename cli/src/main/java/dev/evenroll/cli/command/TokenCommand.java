package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll token`: one-time tokens of installers.
@Command(
        name = "token",
        description = "Makes one-time tokens, with which an installer enrolls a device in the field.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TokenCreateCommand.class)
public final class TokenCommand {}
