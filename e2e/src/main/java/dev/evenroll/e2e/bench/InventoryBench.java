package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The inventory, measured: a stack of its own, a tenth of the certificates, then all.
///
/// What the registry and the issuer would tell is written in their place ([SyntheticFleet]); only broker, issuer (it
/// signs the revocation lists, with a key in a file) and revocation-service run.
final class InventoryBench implements AutoCloseable {

    private static final int TENTH = 10;
    /// Devices whose number ends so are revoked, warm up revocation, and are revoked one by one.
    private static final int REVOKED = 3;

    private static final int REVOKED_FIRST = 5;
    private static final int REVOKED_LAST = 7;

    private static final int BASE_HEAP_MEBIBYTES = 384;
    private static final int CERTIFICATES_OF_A_MEBIBYTE = 2_000;
    private static final List<Service> OTHERS =
            List.of(Service.ENROLL_GATEWAY, Service.CSR_VALIDATOR, Service.AUDIT_SINK);
    /// A restore that takes longer than this for so many certificates is none.
    private static final int SLOWEST_RESTORED_PER_SECOND = 200;

    private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(2);
    /// Renewals are due when all certificates are in the inventory, though the machine may be slower by then.
    private static final double SLOWER = 1.5;

    /// Fewer tell how long a record takes, not how many there are in a second.
    private static final int ENOUGH_FOR_A_RATE = 1_000;

    private static final int USUAL_PER_SECOND = 500;
    private static final int LEAD_SECONDS = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path data;
    private final InventorySize size;
    private final Consumer<String> progress;
    private final LocalStack stack;
    private final InstantSource clock = InstantSource.system();
    private final ServiceMetrics metrics;
    private final InventoryLoad load;
    private final DueLooks looks;
    private final Withdrawals withdrawals;

    private InventoryBench(Path data, InventorySize size, Consumer<String> progress, LocalStack stack)
            throws IOException {
        this.data = data;
        this.size = size;
        this.progress = progress;
        this.stack = stack;
        var connection = stack.connection();
        this.metrics = ServiceMetrics.of(connection, Service.REVOCATION_SERVICE);
        var profiles = InventoryProfiles.read(stackDirectory(data), connection.crl());
        var fleet = SyntheticFleet.of(connection.environment(), issuer(connection.caChain()), clock);
        this.load = new InventoryLoad(
                fleet, profiles, settings(Principal.CSR_VALIDATOR), settings(Principal.ISSUER), metrics, progress);
        this.looks = new DueLooks(metrics, settings(Principal.AUDIT_SINK), clock);
        this.withdrawals = new Withdrawals(fleet, profiles.usual(), settings(Principal.REVOCATION_SERVICE), progress);
    }

    /// Starts the stack.
    static InventoryBench start(Path data, InventorySize size, Compilation compilation, Consumer<String> progress)
            throws FailedStartException, IOException, InterruptedException {
        progress.accept("starting a stack in " + data);
        InventoryProfiles.write(stackDirectory(data));
        var stack = LocalStack.start(
                StackOptions.in(stackDirectory(data))
                        .compiledFor(compilation)
                        .keeping(CaKey.FILE)
                        .with(Service.REVOCATION_SERVICE, flags(size)),
                new StackProgress(progress));
        return new InventoryBench(data, size, progress, stack);
    }

    /// Room for the devices that connection authorization keeps in memory, and no pace that would spread what is due.
    private static List<String> flags(InventorySize size) {
        var heap = BASE_HEAP_MEBIBYTES + size.certificates() / CERTIFICATES_OF_A_MEBIBYTE;
        return List.of(
                "-Xmx" + heap + "m",
                "-Devenroll.renewal.per-second=" + Integer.MAX_VALUE,
                "-Devenroll.renewal.per-site-and-minute=" + Integer.MAX_VALUE);
    }

    InventoryResult run() throws IOException, InterruptedException, FailedStartException {
        for (var service : OTHERS) {
            stack.stop(service);
        }
        int certificates = size.certificates();
        int tenth = size.tenth();
        int hundredth = size.hundredth();
        var first = new DueDevices(0, hundredth, 0, 0, Instant.EPOCH);
        var rate = load.load(first);
        var latency = hundredth / rate;
        var some = due(first.to(), tenth, InventorySize.WARM_UPS + size.rounds(), rate, latency);
        rate = load.load(some);
        var atTenth = looks(some, InventorySize.WARM_UPS);
        var rest = due(tenth, certificates, size.rounds(), rate, latency);
        rate = load.load(rest);
        var atAll = looks(rest, 0);
        withdrawals.revoke(every(TENTH, REVOKED_FIRST, hundredth));
        var pace = withdrawals.revoke(every(TENTH, REVOKED, tenth));
        var settled = withdrawals.awaitLists();
        var list = onLists();
        stack.stop(Service.REVOCATION_SERVICE);
        var bytes = BenchDirectory.size(stores());
        var restored = restore(certificates - hundredth - tenth - size.rounds());
        return new InventoryResult(certificates, rate, bytes, restored, atTenth, atAll, pace, settled, list);
    }

    /// @param latency seconds that the first certificates took
    private DueDevices due(int from, int to, int moments, double rate, double latency) {
        var perSecond = size.hundredth() < ENOUGH_FOR_A_RATE ? Math.max(rate, USUAL_PER_SECOND) : rate;
        long seconds = LEAD_SECONDS + Math.round(SLOWER * (latency + (to - from) / perSecond));
        return new DueDevices(
                from,
                to,
                moments,
                size.due(),
                Instant.ofEpochSecond(clock.instant().getEpochSecond() + seconds));
    }

    /// The median of the moments: these machines are noisy.
    private double looks(DueDevices due, int warmUps) throws IOException, InterruptedException {
        progress.accept(String.format("waiting for %,d renewals at a moment", due.each()));
        var millis = looks.millis(due);
        progress.accept("milliseconds: " + millis.stream().map(Math::round).toList());
        var counted = new ArrayList<>(millis.subList(warmUps, millis.size()));
        Collections.sort(counted);
        return counted.get(counted.size() / 2);
    }

    /// The slowest.
    private double onLists() {
        var millis = IntStream.range(0, size.rounds())
                .mapToDouble(round -> withdrawals.untilOnList(round * TENTH + REVOKED_LAST))
                .toArray();
        progress.accept("milliseconds until a revocation is on its list: "
                + IntStream.range(0, millis.length)
                        .mapToObj(i -> Math.round(millis[i]))
                        .toList());
        return DoubleStream.of(millis).max().orElseThrow();
    }

    private static int[] every(int step, int first, int number) {
        return IntStream.range(0, number).map(i -> i * step + first).toArray();
    }

    private Duration restore(int good) throws IOException, InterruptedException, FailedStartException {
        progress.accept("starting revocation-service without its stores");
        BenchDirectory.remove(stores());
        var limit = SHORTEST_LIMIT.plusSeconds(size.certificates() / SLOWEST_RESTORED_PER_SECOND);
        var begun = System.nanoTime();
        stack.start(Service.REVOCATION_SERVICE, limit);
        var took = Duration.ofNanos(System.nanoTime() - begun);
        progress.accept(String.format("revocation-service is ready again after %.1f s", took.toMillis() / 1000.0));
        requireGood(good);
        return took;
    }

    /// One that says it is ready has to know all certificates; what it counts of them it tells after a moment.
    private void requireGood(int good) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var counted = good(); counted != good; counted = good()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The inventory is ready, and has " + counted
                        + " good certificates where there are " + good + ".");
            }
            Thread.sleep(PAUSE);
        }
    }

    private int good() throws IOException {
        return (int) metrics.sum("evenroll_certificates_horizon");
    }

    private Path stores() {
        return stackDirectory(data).resolve("services/revocation-service/state");
    }

    private static Path stackDirectory(Path data) {
        return data.resolve("stack");
    }

    private static IssuingCertificate issuer(Path chain) throws IOException {
        try {
            return IssuingCertificate.of(Pem.decodeCertificates(Files.readString(chain)));
        } catch (MalformedException e) {
            throw new IOException("The CA chain " + chain + " is damaged: " + e.getMessage(), e);
        }
    }

    private KafkaSettings settings(Principal principal) {
        return KafkaSettings.load(
                stackDirectory(data).resolve("kafka/" + principal.principalName() + ".properties"),
                principal,
                stack.connection().environment(),
                "bench");
    }

    @Override
    public void close() {
        stack.close();
    }
}
