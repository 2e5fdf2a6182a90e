package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll crl`: the revocation lists.
@Command(
        name = "crl",
        description = "Shows the revocation lists of the CAs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CrlListCommand.class)
public final class CrlCommand {}
