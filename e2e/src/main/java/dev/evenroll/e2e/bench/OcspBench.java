package dev.evenroll.e2e.bench;

import dev.evenroll.cli.fleet.SimulatedFleet;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.e2e.bench.OcspBenchResult.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// OCSP, measured: a stack of its own, and beside it the responder of openssl with the same certificates, asked by the
/// same clients in turn.
final class OcspBench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Path data;
    private final Size size;
    private final Consumer<String> progress;
    private final LocalStack stack;

    /// How much is measured.
    ///
    /// @param certificates that are asked about
    /// @param window how long each figure of a round is measured
    /// @param rounds that count
    /// @param warmUps rounds before, that do not
    record Size(int certificates, Duration window, int rounds, int warmUps) {}

    private OcspBench(Path data, Size size, Consumer<String> progress, LocalStack stack) {
        this.data = data;
        this.size = size;
        this.progress = progress;
        this.stack = stack;
    }

    /// Starts the stack.
    static OcspBench start(Path data, Size size, Compilation compilation, Consumer<String> progress)
            throws FailedStartException, IOException, InterruptedException {
        OpenSslResponder.requireInstalled();
        progress.accept("starting a stack in " + data);
        var stack = LocalStack.start(
                StackOptions.in(data.resolve("stack")).keeping(CaKey.FILE).compiledFor(compilation),
                new StackProgress(progress));
        return new OcspBench(data, size, progress, stack);
    }

    OcspBenchResult run() throws Exception {
        progress.accept("enrolling " + size.certificates() + " devices");
        var certificates = certificates();
        try (var key = CaKeyAtHand.open(new TrustFiles(data.resolve("stack")));
                var openssl = OpenSslResponder.start(data.resolve("openssl"), key, certificates)) {
            var load = new OcspLoad(key.issuer(), InstantSource.system());
            var numbers =
                    certificates.stream().map(X509Certificate::getSerialNumber).toList();
            var plain = OcspQuestions.about(key.issuer(), numbers, OcspQuestions.Kind.PLAIN);
            var nonces = OcspQuestions.about(key.issuer(), numbers, OcspQuestions.Kind.WITH_NONCE);
            var closing = OcspQuestions.about(key.issuer(), numbers, OcspQuestions.Kind.CLOSING);
            awaitKnown(load, plain);
            var service = stack.connection().ocsp();
            var floor = SigningFloor.prepare();
            var rounds = new ArrayList<Round>();
            for (int round = -size.warmUps(); round < size.rounds(); round++) {
                var figures = new Round(
                        load.perSecond(service, plain, size.window()),
                        load.perSecond(service, nonces, size.window()),
                        load.perSecond(service, closing, size.window()),
                        load.perSecond(openssl.address(), plain, size.window()),
                        floor.perSecond(size.window()));
                report(round < 0 ? "warming up" : "per second", figures);
                if (round >= 0) {
                    rounds.add(figures);
                }
            }
            return new OcspBenchResult(size.certificates(), rounds);
        }
    }

    private List<X509Certificate> certificates() throws Exception {
        var certificates = new ArrayList<X509Certificate>();
        try (var fleet = SimulatedFleet.at(stack.connection(), "bench", PATIENCE)) {
            for (int i = 0; i < size.certificates(); i++) {
                certificates.add(fleet.registered(String.format(Locale.ROOT, "BENCH-%05d", i))
                        .enrolls()
                        .receivesCertificate());
            }
        }
        return certificates;
    }

    /// The inventory learns of a certificate a moment after its device.
    private void awaitKnown(OcspLoad load, OcspQuestions questions) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!load.knowsAll(stack.connection().ocsp(), questions)) {
            if (System.nanoTime() > end) {
                throw new FailedStartException("OCSP does not say good of all certificates within " + PATIENCE
                        + "; see the log of revocation-service.");
            }
            Thread.sleep(AGAIN);
        }
    }

    private void report(String what, Round round) {
        progress.accept(String.format(
                Locale.ROOT,
                "%s: cached %.0f, signed %.0f, cached with a connection each %.0f, openssl %.0f, bare signatures %.0f",
                what,
                round.cached(),
                round.signed(),
                round.closing(),
                round.openssl(),
                round.floor()));
    }

    @Override
    public void close() {
        stack.close();
    }
}
