package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.FailedStartException;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `evenroll bench hsm`: the issuer with a key that takes its time.
@Command(
        name = "hsm",
        description = "Measures how many certificates the issuer signs with a key as slow as one in an HSM.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "The delay is put before the key of the issuer by an agent in its JVM. Takes about two minutes."
        })
final class HsmBenchCommand extends BenchCommand {

    private static final int MOST_SESSIONS = 256;
    private static final int FEWEST_SIGNATURES = 100;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "20ms",
            converter = LatencyArgument.class,
            description = "How long the key takes for a signature (${DEFAULT-VALUE}).")
    private Duration latency = Duration.ZERO;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many signatures the key makes at a time (${DEFAULT-VALUE}); 1 to 256.")
    private int sessions;

    @Option(
            names = "--signatures",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Certificates of each of the rounds (${DEFAULT-VALUE}); at least 100.")
    private int signatures;

    @Override
    void check() {
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw usage("--sessions: is " + sessions + "; give 1 to " + MOST_SESSIONS + ".");
        }
        atLeast("--signatures", signatures, FEWEST_SIGNATURES);
    }

    @Override
    void run(BenchDirectory place) throws FailedStartException, IOException, InterruptedException {
        try (var bench = HsmBench.start(place.path(), latency, sessions, signatures, this::progress)) {
            print(bench.run().fields());
        }
    }
}
