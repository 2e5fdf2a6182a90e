package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll certificate`: the inventory.
@Command(
        name = "certificate",
        description = "Shows issued certificates, revokes them, and puts them on hold.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CertificateListCommand.class,
            CertificateShowCommand.class,
            CertificateRevokeCommand.class,
            CertificateHoldCommands.Hold.class,
            CertificateHoldCommands.Release.class
        })
public final class CertificateCommand {}
