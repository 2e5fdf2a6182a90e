package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll job`: many devices at once, as a factory line enrolls them.
@Command(
        name = "job",
        description = "Acts as a station of a factory line: posts requests for many devices, follows them, fetches"
                + " their certificates.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JobSubmitCommand.class, JobShowCommand.class, JobResultsCommand.class})
public final class JobCommand {}
