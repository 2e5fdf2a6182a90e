package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll csr`: certification requests that no standard tool makes.
@Command(
        name = "csr",
        description =
                "Makes a certification request with the evidence of a TPM, in two steps: the TPM signs in between.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CsrPrepareCommand.class, CsrCompleteCommand.class})
public final class CsrCommand {}
