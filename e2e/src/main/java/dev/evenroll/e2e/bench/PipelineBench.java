package dev.evenroll.e2e.bench;

import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;

/// The pipeline against what no pipeline can do without: a stack of its own with one key of the CA, the crypto floor,
/// the whole pipeline, and the issuer alone, in turn on the same cores.
///
/// A window of the pipeline: N requests of N devices are written at once to enrollment.requested, and it ends when all
/// their outcomes can be read and every service has read all there is for it. What the broker and the five services
/// used meanwhile is counted, whatever they used it for. For the issuer alone the other four services are stopped,
/// decisions are written to enrollment.authorized, and the issuer's process is counted.
final class PipelineBench implements AutoCloseable {

    private static final List<Service> OTHERS = Arrays.stream(Service.values())
            .filter(service -> service != Service.ISSUER)
            .toList();

    private final Path data;
    private final PipelineSize size;
    private final Consumer<String> progress;
    private final LocalStack stack;
    private final BulkRegistration registration;
    private final RequestPlan requests;
    private final AuthorizationPlan authorizations;
    private int nextDevice;

    private PipelineBench(Path data, PipelineSize size, Consumer<String> progress, LocalStack stack)
            throws IOException {
        this.data = data;
        this.size = size;
        this.progress = progress;
        this.stack = stack;
        var connection = stack.connection();
        var clock = InstantSource.system();
        this.registration = new BulkRegistration(data, connection, progress);
        this.requests = new RequestPlan(
                        connection.environment(), SimulatedManufacturer.of(connection.manufacturer(), clock), clock)
                .answered();
        this.authorizations = new AuthorizationPlan(connection.environment(), clock);
    }

    /// Starts the stack, its data directory in `stack` below the given one.
    ///
    /// @param kept where the key of its CA is
    static PipelineBench start(
            Path data, CaKey kept, PipelineSize size, Compilation compilation, Consumer<String> progress)
            throws FailedStartException, IOException, InterruptedException {
        progress.accept("starting a stack in " + data);
        var stack = LocalStack.start(
                StackOptions.in(data.resolve("stack")).keeping(kept).compiledFor(compilation),
                new StackProgress(progress));
        return new PipelineBench(data, size, progress, stack);
    }

    PipelineFigures run() throws Exception {
        try (var key = CaKeyAtHand.open(new TrustFiles(data.resolve("stack")))) {
            progress.accept("warming up the crypto floor");
            var floor = CryptoFloor.prepare(key, size.rounds() > 1);
            registration.register(0, size.devices());
            registration.awaitCaughtUp();
            return measured(floor);
        }
    }

    private PipelineFigures measured(CryptoFloor floor) throws Exception {
        var pipeline = Passage.pipeline(settings(Principal.ENROLL_GATEWAY));
        for (var left = size.warmUp(); left > 0; left -= size.enrollments()) {
            report("warming up", window(pipeline, Math.min(left, size.enrollments())));
        }
        var floors = new ArrayList<Double>();
        var windows = new ArrayList<PipelineFigures.Window>();
        for (var round = 0; round < size.rounds(); round++) {
            floors.add(floor.micros());
            progress.accept(String.format(Locale.ROOT, "crypto floor: %.1f us", floors.getLast()));
            windows.add(window(pipeline, size.enrollments()));
            report("whole pipeline", windows.getLast());
        }
        return new PipelineFigures(floors, issuerAlone(), windows);
    }

    private PipelineFigures.Window window(Passage<EnrollmentRequested> pipeline, int enrollments)
            throws IOException, InterruptedException {
        progress.accept(String.format(Locale.ROOT, "making %,d requests", enrollments));
        var first = nextDevice;
        nextDevice += enrollments;
        var backlog = requests.requests(enrollments, n -> BulkRegistration.deviceId(first + n));
        try (var lag = ConsumerLag.of(data.resolve("stack"))) {
            return measured(pipeline, backlog, lag::awaitNone);
        }
    }

    private List<PipelineFigures.Window> issuerAlone() throws IOException, InterruptedException {
        for (var service : OTHERS) {
            stack.stop(service);
        }
        var issuance = Passage.issuance(settings(Principal.CSR_VALIDATOR), settings(Principal.ENROLL_GATEWAY));
        var windows = new ArrayList<PipelineFigures.Window>();
        // The first one while the others' last records are still being aborted and forgotten: it does not count.
        for (var round = -1; round < size.rounds(); round++) {
            var backlog = authorizations.authorizations(nextDevice, size.enrollments());
            nextDevice += size.enrollments();
            var window = measured(issuance, backlog, () -> {});
            if (round >= 0) {
                windows.add(window);
                report("issuer alone", window);
            }
        }
        return windows;
    }

    private <T extends SpecificRecordBase> PipelineFigures.Window measured(
            Passage<T> passage, List<T> backlog, Afterwards afterwards) throws InterruptedException {
        var before = CpuTimes.of(stack);
        var perSecond = passage.perSecond(backlog);
        afterwards.await();
        var cpu = new LinkedHashMap<String, Double>();
        for (Map.Entry<String, Double> used :
                CpuTimes.of(stack).microsSince(before).entrySet()) {
            cpu.put(used.getKey(), used.getValue() / backlog.size());
        }
        return new PipelineFigures.Window(backlog.size(), perSecond, cpu);
    }

    private void report(String what, PipelineFigures.Window window) {
        progress.accept(String.format(
                Locale.ROOT, "%s: %.0f a second, %.0f us a certificate", what, window.perSecond(), window.all()));
    }

    private KafkaSettings settings(Principal principal) {
        return KafkaSettings.load(
                data.resolve("stack/kafka/" + principal.principalName() + ".properties"),
                principal,
                stack.connection().environment(),
                "bench");
    }

    @Override
    public void close() {
        stack.close();
    }

    /// What a window waits for when the last outcome is there.
    @FunctionalInterface
    private interface Afterwards {
        void await() throws InterruptedException;
    }
}
