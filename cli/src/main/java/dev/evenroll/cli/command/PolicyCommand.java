package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll policy`: the policies for enrollment just in time.
@Command(
        name = "policy",
        description = "Checks policies for enrollment just in time, and tries a change of them on what was decided.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PolicyCheckCommand.class, PolicyRecordCommand.class, PolicyTestCommand.class})
public final class PolicyCommand {}
