package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a device waits for one enrollment when nothing else goes on: from its connect to the certificate, the handshake
/// included.
///
/// Whatever else the machine does makes it longer, never shorter: so several rounds are measured, and the best one
/// counts. The promise is for a machine like that of docs/PERFORMANCE.md; one that needs longer for the cryptography of
/// a certificate may take as much longer for the whole.
@ExtendWith(WithStack.class)
class LatencyTest {

    private static final int ROUNDS = 5;
    private static final int ENROLLMENTS = 15;
    private static final Duration PROMISED = Duration.ofMillis(150);
    private static final double FLOOR_MICROS = 143;

    @Test
    void halfOfTheEnrollmentsAtRestTakeLessThan150Milliseconds(RunningStack stack) throws Exception {
        var promised = promisedHere(stack);
        var medians = new ArrayList<Duration>();
        while (medians.size() < ROUNDS && medians.stream().noneMatch(median -> median.compareTo(promised) < 0)) {
            medians.add(medianOfARound(stack));
            System.out.println("latency at rest, p50 of a round: "
                    + medians.getLast().toMillis() + " ms, promised here: " + promised.toMillis() + " ms");
        }
        assertThat(medians).anyMatch(median -> median.compareTo(promised) < 0);
    }

    private static Duration promisedHere(RunningStack stack) throws Exception {
        try (var key = CaKeyAtHand.open(new TrustFiles(stack.data()))) {
            var floor = CryptoFloor.prepare(key, true);
            double least = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                least = Math.min(least, floor.micros());
            }
            return Duration.ofNanos((long) (PROMISED.toNanos() * Math.max(1, least / FLOOR_MICROS)));
        }
    }

    private static Duration medianOfARound(RunningStack stack) throws Exception {
        var took = new ArrayList<Duration>();
        for (var i = 0; i < ENROLLMENTS; i++) {
            var ending = stack.fleet().registered(RunningStack.newDeviceId()).enrolls();
            ending.receivesCertificate();
            took.add(ending.took());
        }
        took.sort(Duration::compareTo);
        return took.get(ENROLLMENTS / 2);
    }
}
