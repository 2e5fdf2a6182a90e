package dev.evenroll.e2e.bench;

import dev.evenroll.cli.Evenroll;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `evenroll bench`.
@Command(
        name = "bench",
        description = "Measures what Evenroll promises in numbers, each in one run on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PipelineBenchCommand.class,
            RegistryBenchCommand.class,
            HsmBenchCommand.class,
            AuthorizeBenchCommand.class,
            OcspBenchCommand.class,
            InventoryBenchCommand.class
        })
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(Evenroll.failingInWords(new CommandLine(new Bench())).execute(arguments));
    }
}
