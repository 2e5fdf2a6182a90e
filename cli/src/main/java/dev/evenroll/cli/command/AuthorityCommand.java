package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll authority`: registration authorities.
@Command(
        name = "authority",
        description = "Shows and changes who may enroll devices on their behalf: local controllers and factory lines.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuthorityListCommand.class,
            AuthoritySetCommand.class,
            AuthorityShowCommand.class,
            AuthorityCertificateCommand.class
        })
public final class AuthorityCommand {}
