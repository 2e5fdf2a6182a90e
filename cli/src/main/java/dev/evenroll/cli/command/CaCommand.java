package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll ca`: the CAs of an environment.
@Command(
        name = "ca",
        description =
                "Makes the CAs of an environment, rolls them over, and shows them: those of a directory, or of the local"
                        + " stack. It needs no running stack.",
        footer = "Step by step, with a root that is offline: docs/CEREMONY.md.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CaInitCommand.class,
            CaSignCommand.class,
            CaInstallCommand.class,
            CaRolloverCommand.class,
            CaActivateCommand.class,
            CaListCommand.class,
            CaShowCommand.class
        })
public final class CaCommand {}
