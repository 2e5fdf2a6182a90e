package dev.evenroll.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.gateway.limit.JobLimits;
import dev.evenroll.gateway.limit.RateLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RangesTest {

    @Test
    void whatIsInRangeIsTaken() {
        assertThatCode(() -> Ranges.check(new Est(Duration.ofSeconds(10), 2000)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        assertThatThrownBy(() -> Ranges.check(new Est(Duration.ZERO, 2000)))
                .hasMessage("evenroll.est.wait: 0 ms is out of range; give a time from 100ms to 120s,"
                        + " for example 10s.");
        assertThatThrownBy(() -> Ranges.check(new Est(Duration.ofSeconds(10), 0)))
                .hasMessage("evenroll.est.parked: 0 is out of range; give a number from 1 to 100000.");
    }

    @Test
    void aLimitThatIsOutOfRangeIsNamed() {
        assertThat(Ranges.check(new Limits(600, 0, 30))).isEqualTo(new RateLimits.Settings(600, 0, 30));
        assertThatThrownBy(() -> Ranges.check(new Limits(600, -1, 30)))
                .hasMessage("evenroll.limits.requester-per-minute: -1 is out of range; give a number from 1 to 1000000,"
                        + " or 0 for no limit.");
    }

    @Test
    void theLimitsOfJobsLeaveRoomForAnotherAuthority() {
        assertThat(Ranges.check(new Jobs(8, 7, 0, 20))).isEqualTo(new JobLimits.Settings(8, 7, 0));
        assertThatThrownBy(() -> Ranges.check(new Jobs(1, 1, 0, 20)))
                .hasMessage("evenroll.jobs.uploads: 1 is out of range; give a number from 2 to 64.");
        assertThatThrownBy(() -> Ranges.check(new Jobs(8, 8, 0, 20)))
                .hasMessage("evenroll.jobs.uploads-per-authority: 8 is out of range; give a number from 1 to 7, fewer"
                        + " than evenroll.jobs.uploads: another authority has to find room.");
        assertThatThrownBy(() -> Ranges.check(new Jobs(8, 2, -1, 20)))
                .hasMessage("evenroll.jobs.lines-per-second: -1 is out of range; give a number from 0 to 100000; 0 is"
                        + " no limit.");
        assertThatThrownBy(() -> Ranges.check(new Jobs(8, 2, 0, 0)))
                .hasMessage("evenroll.jobs.open-per-authority: 0 is out of range; give a number from 1 to 1000.");
    }

    private record Jobs(int uploads, int uploadsPerAuthority, int linesPerSecond, int openPerAuthority)
            implements GatewayConfiguration.Jobs {}

    private record Limits(int addressPerMinute, int requesterPerMinute, int devicePerMinute)
            implements GatewayConfiguration.Limits {}

    private record Est(Duration waitLimit, int parked) implements GatewayConfiguration.Est {
        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return 8443;
        }

        @Override
        public Path certificate() {
            return Path.of("certificate");
        }

        @Override
        public Path key() {
            return Path.of("key");
        }
    }
}
