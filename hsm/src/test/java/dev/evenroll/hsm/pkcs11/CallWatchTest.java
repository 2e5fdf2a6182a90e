package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Calls that a token does not answer.
class CallWatchTest {

    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void tellsOnceOfACallThatIsNotAnswered() throws Exception {
        try (var watch = new CallWatch("token \"issuing\"", Duration.ofMillis(20), told::add)) {
            try (var _ = watch.begin()) {
                assertThat(told.poll(10, TimeUnit.SECONDS))
                        .matches("The token \"issuing\" has not answered a call for \\d+ ms; look at the load and the "
                                + "connection of the token; the call can not be cancelled\\.");
                assertThat(watch.problem()).isPresent();
                // Two more looks.
                assertThat(told.poll(40, TimeUnit.MILLISECONDS)).isNull();
            }
            assertThat(watch.problem()).isEmpty();
        }
    }

    @Test
    void saysNothingOfACallThatIsAnsweredInTime() throws Exception {
        try (var watch = new CallWatch("token \"issuing\"", Duration.ofHours(1), told::add)) {
            try (var _ = watch.begin()) {
                assertThat(watch.problem()).isEmpty();
            }
        }
        assertThat(told).isEmpty();
    }
}
