package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.e2e.agent.Agent;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The issuer with a key that takes its time, measured: a stack of its own, of which only broker and issuer run.
///
/// The key is in a file, and the issuer's JVM carries an agent that makes it slow: the software that is measured has no
/// switch for that.
final class HsmBench implements AutoCloseable {

    private static final int ROUNDS = 3;
    private static final int MOST_WARM_UPS = 8;
    private static final double FASTER = 1.05;

    private final Path stackData;
    private final Duration latency;
    private final int sessions;
    private final int signatures;
    private final Consumer<String> progress;
    private final LocalStack stack;
    private final SigningRate rate;

    private HsmBench(
            Path stackData,
            Duration latency,
            int sessions,
            int signatures,
            Consumer<String> progress,
            LocalStack stack) {
        this.stackData = stackData;
        this.latency = latency;
        this.sessions = sessions;
        this.signatures = signatures;
        this.progress = progress;
        this.stack = stack;
        this.rate = new SigningRate(
                settings(Principal.CSR_VALIDATOR), settings(Principal.REVOCATION_SERVICE), InstantSource.system());
    }

    /// Starts the stack.
    ///
    /// @param latency that a signature takes in the key
    /// @param sessions signatures that the key makes at a time
    /// @param signatures of a round
    static HsmBench start(Path data, Duration latency, int sessions, int signatures, Consumer<String> progress)
            throws FailedStartException, IOException, InterruptedException {
        progress.accept("starting a stack in " + data);
        var agent = "-javaagent:" + agentJar() + "=slow-key," + latency.toMillis() + "," + sessions;
        var stackData = data.resolve("stack");
        var options = new StackOptions(
                stackData,
                null,
                Map.of(),
                List.of(),
                CaKey.FILE,
                Compilation.THROUGHPUT,
                Map.of(Service.ISSUER, List.of(agent)));
        var stack = LocalStack.start(options, new StackProgress(progress));
        return new HsmBench(stackData, latency, sessions, signatures, progress, stack);
    }

    /// The jar that this class is in, or that its classes become.
    private static Path agentJar() {
        try {
            var place = Path.of(Agent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isDirectory(place) ? Path.of(System.getProperty("evenroll.crash-agent")) : place;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar of the benchmarks has no path; build it with ./evenroll bench", e);
        }
    }

    HsmBenchResult run() throws IOException, InterruptedException {
        for (var service : Service.values()) {
            if (service != Service.ISSUER) {
                stack.stop(service);
            }
        }
        warmUp();
        var rates = IntStream.range(0, ROUNDS)
                .mapToDouble(_ -> rate.of(signatures))
                .sorted()
                .toArray();
        progress.accept("signatures per second: " + Arrays.toString(rates));
        return new HsmBenchResult(latency, sessions, signatures, rates[ROUNDS / 2]);
    }

    /// Signs until that becomes no faster: else the compiler's progress would be taken for the issuer's.
    private void warmUp() {
        var best = 0.0;
        for (var round = 1; round <= MOST_WARM_UPS; round++) {
            var now = rate.of(signatures);
            progress.accept(String.format("warming up: %.0f signatures per second", now));
            if (now < best * FASTER) {
                return;
            }
            best = now;
        }
    }

    private KafkaSettings settings(Principal principal) {
        return KafkaSettings.load(
                stackData.resolve("kafka/" + principal.principalName() + ".properties"),
                principal,
                stack.connection().environment(),
                "bench");
    }

    @Override
    public void close() {
        stack.close();
    }
}
