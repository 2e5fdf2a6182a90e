package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll audit`: the audit log.
@Command(
        name = "audit",
        description = "Shows what happened.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuditTailCommand.class)
public final class AuditCommand {}
