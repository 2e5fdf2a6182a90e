package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll approval`: enrollments that wait for a person.
@Command(
        name = "approval",
        description = "Shows enrollments that wait for a person, and decides them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ApprovalListCommand.class,
            ApprovalDecisionCommands.Approve.class,
            ApprovalDecisionCommands.Reject.class
        })
public final class ApprovalCommand {}
