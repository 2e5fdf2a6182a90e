package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.fleet.Ending;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.FurtherReplica;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The partitions of csr-validator move to a second replica and back, while pairs of devices claim one key each: of
/// every pair exactly one gets a certificate.
@ExtendWith(WithStack.class)
class RebalanceTest {

    private static final int PAIRS = 24;
    private static final int AT_ONCE = 6;
    private static final int LIMIT_MINUTES = 3;

    /// Two devices with the same key.
    private record Pair(String one, String other, List<Future<Ending>> endings) {}

    @Test
    void ofTwoDevicesWithOneKeyExactlyOneGetsACertificate(RunningStack stack) throws Exception {
        var names = new ArrayList<String>();
        for (var i = 0; i < 2 * PAIRS; i++) {
            var name = RunningStack.newDeviceId();
            stack.fleet().register(name);
            names.add(name);
        }
        var through = new CountDownLatch(PAIRS / 2);
        var pairs = new ArrayList<Pair>();
        try (var devices = Executors.newFixedThreadPool(AT_ONCE)) {
            try (var second = FurtherReplica.start(stack, Service.CSR_VALIDATOR, "1", Map.of())) {
                for (var i = 0; i < PAIRS; i++) {
                    var key = Keys.generateP256();
                    var endings = new ArrayList<Future<Ending>>();
                    for (var name : List.of(names.get(2 * i), names.get(2 * i + 1))) {
                        endings.add(devices.submit(() -> {
                            var ending = stack.fleet().device(name).enrollsWith(key);
                            through.countDown();
                            return ending;
                        }));
                    }
                    pairs.add(new Pair(names.get(2 * i), names.get(2 * i + 1), endings));
                }
                through.await();
                second.kill();
                for (var pair : pairs) {
                    exactlyOneIsIssued(pair);
                }
            }
        }
        for (var pair : pairs) {
            assertThat(stack.topics()
                            .records(
                                    Topics.CERTIFICATE_ISSUED,
                                    CertificateIssued.class,
                                    issued -> List.of(pair.one(), pair.other()).contains(issued.getDeviceId())))
                    .hasSize(1);
        }
    }

    private static void exactlyOneIsIssued(Pair pair) throws Exception {
        var issued = new ArrayList<Ending>();
        for (var ending : pair.endings()) {
            switch (ended(ending)) {
                case Ending.Issued certificate -> issued.add(certificate);
                case Ending.Refused refused -> assertThat(refused.reason()).contains("belongs to another device");
                case Ending.Unanswered unanswered -> throw new AssertionError(unanswered.words());
            }
        }
        assertThat(issued)
                .as("certificates of %s and %s", pair.one(), pair.other())
                .hasSize(1);
    }

    private static Ending ended(Future<Ending> ending) throws InterruptedException, ExecutionException {
        try {
            return ending.get(LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new AssertionError("a device has had no answer for " + LIMIT_MINUTES + " minutes", e);
        }
    }
}
