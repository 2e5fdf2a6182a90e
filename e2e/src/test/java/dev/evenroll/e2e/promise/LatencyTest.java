package dev.evenroll.e2e.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a device waits for one enrollment when nothing else goes on: from its connect to the certificate, the handshake
/// included.
@ExtendWith(WithStack.class)
class LatencyTest {

    private static final int WARM_UP = 20;
    private static final int MEASURED = 30;
    private static final Duration PROMISED = Duration.ofMillis(150);

    @Test
    void halfOfTheEnrollmentsAtRestTakeLessThan150Milliseconds(RunningStack stack) throws Exception {
        var took = new ArrayList<Duration>();
        for (var i = 0; i < WARM_UP + MEASURED; i++) {
            var ending = stack.fleet().registered(RunningStack.newDeviceId()).enrolls();
            ending.receivesCertificate();
            if (i >= WARM_UP) {
                took.add(ending.took());
            }
        }
        took.sort(Duration::compareTo);
        System.out.printf(
                "latency at rest: p50 %d ms, max %d ms%n",
                took.get(MEASURED / 2).toMillis(), took.getLast().toMillis());
        assertThat(took.get(MEASURED / 2)).isLessThan(PROMISED);
    }
}
