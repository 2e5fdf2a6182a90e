package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll profile`: the certificate profiles.
@Command(
        name = "profile",
        description = "Shows the certificate profiles that are built in, and checks a file of your own.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ProfileCheckCommand.class, ProfileListCommand.class})
public final class ProfileCommand {}
