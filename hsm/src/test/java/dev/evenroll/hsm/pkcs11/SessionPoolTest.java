package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// The sessions of a token: lent to one at a time, and none lent any more once the pool is retired.
class SessionPoolTest {

    private final SessionPool pool = new SessionPool(List.of(7L));

    @Test
    void whoFindsNoneWaitsForOne() throws Exception {
        assertThat(pool.take()).isEqualTo(7L);
        try (var threads = Executors.newSingleThreadExecutor()) {
            var waiting = threads.submit(pool::take);
            pool.giveBack(7L);
            assertThat(waiting.get()).isEqualTo(7L);
        }
    }

    @Test
    void whoWaitsIsToldThatThePoolIsRetired() throws Exception {
        pool.take();
        try (var threads = Executors.newSingleThreadExecutor()) {
            var waiting = threads.submit(() -> {
                try {
                    return pool.take() < 0;
                } catch (SessionPool.RetiredException e) {
                    return true;
                }
            });
            pool.retire();
            assertThat(waiting.get()).isTrue();
        }
    }

    @Test
    void aRetiredPoolIsDrainedWhenEverySessionIsBack() throws Exception {
        pool.take();
        pool.retire();
        assertThat(pool.drain(Duration.ofMillis(1))).isEqualTo(1);
        pool.giveBack(7L);
        assertThat(pool.drain(Duration.ofHours(1))).isZero();
        assertThatExceptionOfType(SessionPool.RetiredException.class).isThrownBy(pool::take);
    }
}
