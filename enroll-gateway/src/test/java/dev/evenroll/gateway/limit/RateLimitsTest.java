package dev.evenroll.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final DeviceId DEVICE = new DeviceId("SN-1");
    private static final String ADDRESS = "192.0.2.1";

    private final TestTrust trust = new TestTrust();
    private Instant now = TestTrust.NOW;

    @Test
    void aMinutesWorthMayComeAtOnceAndThenOneAfterTheOther() {
        var limits = limits(4, 0, 0);
        assertThat(passed(limits, 10)).isEqualTo(4);
        assertThat(limits.count(ADDRESS)).hasValueSatisfying(excess -> {
            assertThat(excess.retryAfter()).isEqualTo(Duration.ofSeconds(15));
            assertThat(excess.message())
                    .isEqualTo("This address asks more often than 4 times a minute; ask again after 15 s.");
        });

        now = now.plusSeconds(14);
        assertThat(limits.count(ADDRESS))
                .hasValueSatisfying(excess -> assertThat(excess.wholeSeconds()).isEqualTo(1));
        now = now.plusSeconds(1);
        assertThat(passed(limits, 10)).isEqualTo(1);
        now = now.plusSeconds(3600);
        assertThat(passed(limits, 10)).isEqualTo(4);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(passed(limits(0, 0, 0), 1000)).isEqualTo(1000);
    }

    @Test
    void aClockThatIsSetBackShutsNobodyOutForLong() {
        var limits = limits(4, 0, 0);
        passed(limits, 4);

        now = now.minusSeconds(7200);

        assertThat(limits.count(ADDRESS))
                .hasValueSatisfying(excess -> assertThat(excess.wholeSeconds()).isEqualTo(15));
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        var limits = limits(1, 0, 0);

        assertThat(limits.count("2001:db8:0:1:0:0:0:1")).isEmpty();
        assertThat(limits.count("2001:db8:0:1:9:9:9:9%eth0")).isPresent();
        assertThat(limits.count("2001:db8:0:2:0:0:0:1")).isEmpty();
    }

    @Test
    void aRequesterIsKnownByItsCertificate() {
        var limits = limits(0, 1, 0);
        var one = TestRequesters.device(trust, "SN-1");

        assertThat(limits.count(one, ADDRESS)).isEmpty();
        assertThat(limits.count(one, "192.0.2.2"))
                .hasValueSatisfying(excess -> assertThat(excess.who()).isEqualTo("requester"));
        assertThat(limits.count(TestRequesters.device(trust, "SN-2"), ADDRESS)).isEmpty();
    }

    @Test
    void aRegistrationAuthoritySpeaksForManyFromOnePlace() {
        var limits = limits(1, 1, 1);
        var line = TestRequesters.registrationAuthority(trust, "line-1");

        assertThat(IntStream.range(0, 100).mapToObj(i -> limits.count(line, ADDRESS)))
                .allMatch(java.util.Optional::isEmpty);
        assertThat(limits.count(line, DEVICE, ADDRESS)).isEmpty();
        assertThat(limits.count(line, new DeviceId("SN-2"), ADDRESS)).isEmpty();
        assertThat(limits.count(line, DEVICE, ADDRESS))
                .hasValueSatisfying(excess -> assertThat(excess.who()).isEqualTo("device"));
    }

    @Test
    void nobodyUsesUpWhatADeviceHas() {
        var limits = limits(0, 0, 1);
        var device = TestRequesters.device(trust, "SN-1");
        var token = TestRequesters.token("SN-1", OneTimeToken.random(new SecureRandom()));
        assertThat(limits.count(TestRequesters.device(trust, "SN-9"), DEVICE, ADDRESS))
                .isEmpty();
        assertThat(limits.count(token, DEVICE, "198.51.100.7")).isEmpty();

        assertThat(limits.count(device, DEVICE, ADDRESS)).isEmpty();
        assertThat(limits.count(token, DEVICE, ADDRESS)).isEmpty();
        assertThat(limits.count(token, DEVICE, ADDRESS)).isPresent();
    }

    @Test
    void memoryIsBounded() {
        var allowance = new Allowance(1, Duration.ofMinutes(1), () -> now);
        for (int i = 0; i < Allowance.MOST + 10; i++) {
            allowance.take("name " + i);
        }

        assertThat(allowance.remembered()).isEqualTo(Allowance.MOST);
        assertThat(allowance.take("name " + (Allowance.MOST + 9))).isPositive();
        assertThat(allowance.take("name 0")).isZero();
    }

    private RateLimits limits(int address, int requester, int device) {
        return new RateLimits(new RateLimits.Settings(address, requester, device), () -> now);
    }

    private static long passed(RateLimits limits, int requests) {
        return IntStream.range(0, requests)
                .filter(_ -> limits.count(ADDRESS).isEmpty())
                .count();
    }
}
