package dev.evenroll.e2e.bench;

import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The registry and the decision, measured: a stack of its own, a thousand devices, then N.
///
/// The import runs with all five services, as an operator's would. For the decisions only broker and csr-validator run,
/// so that what the others do with them is not measured. The JVMs run with both compilers, as anywhere but in a demo.
final class RegistryBench implements AutoCloseable {

    static final int FEWEST_DEVICES = 2_000;

    private static final int THOUSAND = 1_000;
    private static final int ROUNDS = 3;
    private static final int MOST_WARM_UPS = 15;
    private static final int FLAT_ROUNDS = 2;
    private static final double FASTER = 1.05;
    /// Each of a few devices asks for many certificates here.
    private static final List<String> MANY_REQUESTS_OF_A_DEVICE = List.of("-Devenroll.profile.most-certificates=1000");

    private static final long SEED = 20261122;
    private static final List<Service> OTHERS = Arrays.stream(Service.values())
            .filter(service -> service != Service.CSR_VALIDATOR)
            .toList();

    private final Path data;
    private final int devices;
    private final int requests;
    private final Consumer<String> progress;
    private final LocalStack stack;
    private final BulkRegistration registration;
    private final RequestPlan plan;
    private final Passage<EnrollmentRequested> decision;

    private RegistryBench(Path data, int devices, int requests, Consumer<String> progress, LocalStack stack)
            throws IOException {
        this.data = data;
        this.devices = devices;
        this.requests = requests;
        this.progress = progress;
        this.stack = stack;
        var connection = stack.connection();
        var environment = connection.environment();
        var clock = InstantSource.system();
        var manufacturer = SimulatedManufacturer.of(connection.manufacturer(), clock);
        this.registration = new BulkRegistration(data, connection, progress);
        this.plan = new RequestPlan(environment, manufacturer, clock);
        this.decision = Passage.decision(
                settings(Principal.ENROLL_GATEWAY, environment), settings(Principal.ISSUER, environment));
    }

    /// Starts the stack.
    ///
    /// @param devices registered at the end
    /// @param requests that are decided in a round
    static RegistryBench start(Path data, int devices, int requests, Compilation compilation, Consumer<String> progress)
            throws FailedStartException, IOException, InterruptedException {
        progress.accept("starting a stack in " + data);
        var stack = LocalStack.start(
                StackOptions.in(data.resolve("stack"))
                        .compiledFor(compilation)
                        .with(Service.CSR_VALIDATOR, MANY_REQUESTS_OF_A_DEVICE),
                new StackProgress(progress));
        return new RegistryBench(data, devices, requests, progress, stack);
    }

    RegistryBenchResult run() throws IOException, InterruptedException, FailedStartException {
        registration.register(0, THOUSAND);
        stopOthers();
        var atThousand = decisions("with 1,000 devices", n -> BulkRegistration.deviceId(n % THOUSAND));
        startOthers();
        registration.awaitCaughtUp();
        var imported = registration.register(THOUSAND, devices);
        registration.awaitCaughtUp();
        stopOthers();
        var random = new Random(SEED);
        var atAll = decisions(
                String.format("with %,d devices", devices), _ -> BulkRegistration.deviceId(random.nextInt(devices)));
        var warm = restart("on its stores", () -> {});
        var bytes = BenchDirectory.size(stores());
        var cold = restart("without its stores", () -> remove(stores()));
        return new RegistryBenchResult(devices, atThousand, atAll, bytes, warm, cold, imported);
    }

    /// The median of the rounds: these machines are noisy.
    private double decisions(String where, IntFunction<String> device) {
        progress.accept("making requests");
        warmUp(device);
        var rounds = IntStream.range(0, ROUNDS)
                .mapToObj(_ -> plan.requests(requests, device))
                .toList();
        var rates = rounds.stream().mapToDouble(this::round).sorted().toArray();
        var median = rates[ROUNDS / 2];
        progress.accept(String.format("decisions per second %s: %.0f (%s)", where, median, Arrays.toString(rates)));
        return median;
    }

    /// Decides until that becomes no faster: else the compiler's progress would be taken for the registry's.
    private void warmUp(IntFunction<String> device) {
        var best = 0.0;
        var flat = 0;
        for (var round = 1; round <= MOST_WARM_UPS && flat < FLAT_ROUNDS; round++) {
            var now = decision.perSecond(plan.requests(requests, device));
            flat = now < best * FASTER ? flat + 1 : 0;
            best = Math.max(best, now);
            progress.accept(String.format("warming up: %.0f decisions per second", now));
        }
    }

    private double round(List<EnrollmentRequested> requests) {
        return decision.perSecond(requests);
    }

    private Duration restart(String how, Preparation preparation)
            throws IOException, InterruptedException, FailedStartException {
        stack.stop(Service.CSR_VALIDATOR);
        preparation.run();
        var begun = System.nanoTime();
        stack.start(Service.CSR_VALIDATOR);
        var took = Duration.ofNanos(System.nanoTime() - begun);
        registration.requireKnown(devices);
        progress.accept(String.format("csr-validator is ready again %s after %.1f s", how, took.toMillis() / 1000.0));
        return took;
    }

    private void stopOthers() throws IOException, InterruptedException {
        for (var service : OTHERS) {
            stack.stop(service);
        }
    }

    private void startOthers() throws IOException, InterruptedException, FailedStartException {
        for (var service : OTHERS) {
            stack.start(service);
        }
    }

    private Path stores() {
        return data.resolve("stack/services/csr-validator/state");
    }

    private KafkaSettings settings(Principal principal, String environment) {
        return KafkaSettings.load(
                data.resolve("stack/kafka/" + principal.principalName() + ".properties"),
                principal,
                environment,
                "bench");
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(directory))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        stack.close();
    }

    /// What is done to the files of a service while it is down.
    @FunctionalInterface
    private interface Preparation {
        void run() throws IOException;
    }
}
