package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll certificate`: the inventory.
@Command(
        name = "certificate",
        description = "Shows issued certificates, and revokes them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CertificateListCommand.class, CertificateShowCommand.class, CertificateRevokeCommand.class})
public final class CertificateCommand {}
