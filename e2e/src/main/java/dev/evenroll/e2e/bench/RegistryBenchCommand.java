package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.FailedStartException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll bench registry`: the registry and the decision, small and with N devices.
@Command(
        name = "registry",
        description = "Measures the decision with 1,000 and with N registered devices, the import, and restarts.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "Takes about ten minutes and 4 GiB of disk for a million devices on two cores."
        })
final class RegistryBenchCommand extends BenchCommand {

    private static final int FEWEST_REQUESTS = 100;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Registered devices at the end (${DEFAULT-VALUE}); at least 2,000.")
    private int devices;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Requests in each of the rounds that are decided (${DEFAULT-VALUE}); at least 100.")
    private int requests;

    @Mixin
    private QuickStartOption quickStart = new QuickStartOption();

    @Override
    void check() {
        atLeast("--devices", devices, RegistryBench.FEWEST_DEVICES);
        atLeast("--requests", requests, FEWEST_REQUESTS);
    }

    @Override
    void run(BenchDirectory place) throws FailedStartException, IOException, InterruptedException {
        try (var bench =
                RegistryBench.start(place.path(), devices, requests, quickStart.compilation(), this::progress)) {
            print(bench.run().fields());
        }
    }
}
