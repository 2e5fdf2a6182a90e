package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.FailedStartException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll bench inventory`: the inventory of certificates, a tenth of N and N.
@Command(
        name = "inventory",
        description = "Measures the inventory of certificates: its size, its renewals, its revocations, its restore.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
        })
final class InventoryBenchCommand extends BenchCommand {

    private static final int FEWEST_CERTIFICATES = 2_000;

    @Option(
            names = "--certificates",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Certificates at the end (${DEFAULT-VALUE}); at least 2,000.")
    private int certificates;

    @Option(
            names = "--due",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Renewals that are due at a moment (${DEFAULT-VALUE}).")
    private int due;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each cost is measured (${DEFAULT-VALUE}); its median counts.")
    private int rounds;

    @Mixin
    private QuickStartOption quickStart = new QuickStartOption();

    @Override
    void check() {
        atLeast("--certificates", certificates, FEWEST_CERTIFICATES);
        atLeast("--due", due, 1);
        atLeast("--rounds", rounds, 1);
        if (size().mostDue() < due) {
            throw usage("--due: is " + due + "; at most " + size().mostDue() + " of " + certificates
                    + " certificates can be due at each moment.");
        }
    }

    private InventorySize size() {
        return new InventorySize(certificates, due, rounds);
    }

    @Override
    void run(BenchDirectory place) throws FailedStartException, IOException, InterruptedException {
        try (var bench = InventoryBench.start(place.path(), size(), quickStart.compilation(), this::progress)) {
            print(bench.run().fields());
        }
    }
}
