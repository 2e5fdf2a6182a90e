package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll connection`: who may connect.
@Command(
        name = "connection",
        description = "Says whether a device may connect.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConnectionCheckCommand.class)
public final class ConnectionCommand {}
