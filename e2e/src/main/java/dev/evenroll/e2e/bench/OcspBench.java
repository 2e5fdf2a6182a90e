package dev.evenroll.e2e.bench;

import dev.evenroll.cli.fleet.SimulatedFleet;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.e2e.bench.OcspBenchResult.Round;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// OCSP, measured: that of a stack, and beside it the responder of openssl with the same certificates, asked by the
/// same clients in turn.
final class OcspBench {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_WARM_UPS = 20;
    private static final double FASTER = 1.05;
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Path place;
    private final Size size;
    private final Consumer<String> progress;

    /// How much is measured.
    ///
    /// @param certificates that are asked about
    /// @param window how long each figure of a round is measured
    /// @param rounds that count
    /// @param warm whether it is asked before, until it becomes no faster
    record Size(int certificates, Duration window, int rounds, boolean warm) {}

    /// A benchmark that has not run yet.
    ///
    /// @param place where openssl works
    OcspBench(Path place, Size size, Consumer<String> progress) {
        this.place = place;
        this.size = size;
        this.progress = progress;
    }

    /// Measures OCSP of a running stack.
    ///
    /// @param trust of the stack, whose CA key is in a file
    OcspBenchResult run(Connection stack, TrustFiles trust) throws Exception {
        progress.accept("enrolling " + size.certificates() + " devices");
        var certificates = certificates(stack);
        try (var key = CaKeyAtHand.open(trust);
                var openssl = OpenSslResponder.start(place, key, certificates)) {
            var load = new OcspLoad(key.issuer(), InstantSource.system());
            var numbers =
                    certificates.stream().map(X509Certificate::getSerialNumber).toList();
            var plain = OcspQuestions.about(key.issuer(), numbers, OcspQuestions.Kind.PLAIN);
            var nonces = OcspQuestions.about(key.issuer(), numbers, OcspQuestions.Kind.WITH_NONCE);
            var closing = OcspQuestions.about(key.issuer(), numbers, OcspQuestions.Kind.CLOSING);
            awaitKnown(load, stack.ocsp(), plain);
            var service = stack.ocsp();
            var floor = SigningFloor.prepare();
            var rounds = new ArrayList<Round>();
            if (size.warm()) {
                warmUp(load, service, plain, nonces);
            }
            for (int round = 0; round < size.rounds(); round++) {
                var figures = new Round(
                        load.perSecond(service, plain, size.window()),
                        load.perSecond(service, nonces, size.window()),
                        load.perSecond(service, closing, size.window()),
                        load.perSecond(openssl.address(), plain, size.window()),
                        floor.perSecond(size.window()));
                report(figures);
                rounds.add(figures);
            }
            return new OcspBenchResult(size.certificates(), rounds);
        }
    }

    private List<X509Certificate> certificates(Connection stack) throws Exception {
        var certificates = new ArrayList<X509Certificate>();
        try (var fleet = SimulatedFleet.at(stack, "bench", PATIENCE)) {
            for (int i = 0; i < size.certificates(); i++) {
                certificates.add(fleet.registered(String.format(Locale.ROOT, "BENCH-%05d", i))
                        .enrolls()
                        .receivesCertificate());
            }
        }
        return certificates;
    }

    /// The inventory learns of a certificate a moment after its device.
    private static void awaitKnown(OcspLoad load, URI service, OcspQuestions questions) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!load.knowsAll(service, questions)) {
            if (System.nanoTime() > end) {
                throw new FailedStartException("OCSP does not say good of all certificates within " + PATIENCE
                        + "; see the log of revocation-service.");
            }
            Thread.sleep(AGAIN);
        }
    }

    /// Until the compiler is done: it has two cores to itself on no machine.
    private void warmUp(OcspLoad load, URI service, OcspQuestions plain, OcspQuestions nonces) throws Exception {
        double fastest = 0;
        for (int round = 0; round < MOST_WARM_UPS; round++) {
            var cached = load.perSecond(service, plain, size.window());
            var signed = load.perSecond(service, nonces, size.window());
            progress.accept(String.format(Locale.ROOT, "warming up: cached %.0f, signed %.0f", cached, signed));
            if (cached < fastest * FASTER) {
                return;
            }
            fastest = Math.max(fastest, cached);
        }
    }

    private void report(Round round) {
        progress.accept(String.format(
                Locale.ROOT,
                "per second: cached %.0f, signed %.0f, cached with a connection each %.0f, openssl %.0f, bare signatures %.0f",
                round.cached(),
                round.signed(),
                round.closing(),
                round.openssl(),
                round.floor()));
    }
}
