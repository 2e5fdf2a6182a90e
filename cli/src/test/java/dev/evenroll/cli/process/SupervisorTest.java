package dev.evenroll.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Supervisor supervisor = new Supervisor(
            new SupervisionListener() {
                @Override
                public void died(Supervised process, Supervised.Exit exit) {
                    events.add("died with " + exit.status() + ", " + exit.logTail());
                }

                @Override
                public void recovered(Supervised process, Duration since) {
                    events.add("recovered");
                }
            },
            InstantSource.system());

    @Test
    void whatDiesIsReportedWithItsLogAndStartedAgain() throws Exception {
        var process = started();
        process.dies(3);
        assertThat(next()).isEqualTo("died with 3, [last words]");
        assertThat(next()).isEqualTo("recovered");
        assertThat(process.starts()).isEqualTo(2);
    }

    @Test
    void whatDiesTooOftenIsGivenUp() throws Exception {
        var process = started();
        for (int death = 1; death <= 3; death++) {
            process.dies(1);
            next();
            assertThat(next()).isEqualTo("recovered");
        }
        process.dies(1);
        assertThat(supervisor.givenUp().get(10, TimeUnit.SECONDS))
                .isEqualTo("fake died more than 3 times within 60 s: see its log for the cause.");
        assertThat(process.starts()).isEqualTo(4);
        // The last death is not one that is told as "starting it again".
        assertThat(events).isEmpty();
    }

    @Test
    void whatCanNotComeUpAgainIsGivenUpAfterThreeAttempts() throws Exception {
        var process = started();
        process.breaks();
        process.dies(1);
        supervisor.givenUp().get(10, TimeUnit.SECONDS);
        assertThat(process.starts()).isEqualTo(4);
    }

    @Test
    void deathDuringTheStartStopsTheStart() throws Exception {
        var process = new FakeProcess(true);
        supervisor.start(process);
        assertThatThrownBy(() -> supervisor.awaitReady(process, LIMIT))
                .isInstanceOf(FailedStartException.class)
                .hasMessage("fake ended with status 1 before it was ready. The end of its log:\n  last words");
        assertThat(process.starts()).isEqualTo(1);
    }

    @Test
    void whatWasKilledOnPurposeStaysDown() throws Exception {
        var process = started();
        supervisor.kill(process);
        assertThat(events.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(process.starts()).isEqualTo(1);
        supervisor.start(process);
        supervisor.awaitReady(process, LIMIT);
        process.dies(9);
        assertThat(next()).startsWith("died with 9");
    }

    @Test
    void whatIsStoppedStaysDownAndNothingNewStarts() throws Exception {
        var process = started();
        supervisor.stop(List.of(process), LIMIT);
        assertThat(events.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThatThrownBy(() -> supervisor.start(process)).hasMessage("Stopped before fake was started.");
    }

    private FakeProcess started() throws Exception {
        var process = FakeProcess.healthy();
        supervisor.start(process);
        supervisor.awaitReady(process, LIMIT);
        return process;
    }

    private @Nullable String next() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }
}
