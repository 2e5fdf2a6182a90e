package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.simulation.Installation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device has as many certificates as one device needs.
class MostCertificatesTest extends Judgement {

    private static final Instant EARLIER = Instant.parse("2026-11-01T00:00:00Z");

    @BeforeEach
    void allowThree() {
        installation.limitsCertificatesTo(3);
        inUse.put("a", EARLIER);
        inUse.put("b", EARLIER);
    }

    @Test
    void upToTheLimitADeviceEnrolls() {
        assertThat(judge(device.submits(), enrolled("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
        inUse.put("c", EARLIER);
        assertThat(refusals(device.submits(), enrolled("EVR-1")))
                .containsExactly("certificate-limit|device: EVR-1 has 3 certificates in use or under way, and no more "
                        + "than 3 are allowed; renew with the newest, which retires the others, or have those revoked "
                        + "that are not in use");
    }

    @Test
    void theEnrollmentThatIsJudgedAgainIsNotOneMore() {
        var submission = device.submits();
        inUse.put(submission.enrollmentId(), EARLIER);
        assertThat(judge(submission, enrolled("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
    }

    /// What the message advises: the present certificate is the newest, and the others are retired.
    @Test
    void whoRenewsWithTheNewestIsNeverAtTheLimit() {
        inUse.put("c", EARLIER);
        inUse.put("d", EARLIER);
        installation.clock().advance(Duration.ofDays(1));
        var newest = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        inUse.put("newest", newest.getNotBefore().toInstant());
        assertThat(judge(device.renewing(newest).submitsWithOrganization(Installation.OWNER), enrolled("EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(rules(device.submits(), enrolled("EVR-1"))).containsExactly("certificate-limit");
    }

    @Test
    void whatWasRetiredBeforeIsNotCounted() {
        inUse.put("c", EARLIER);
        assertThat(judge(device.submits(), enrolled("EVR-1").used(EARLIER.plusSeconds(1))))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void onlyWhoSpeaksForTheDeviceHearsHowManyItHas() {
        inUse.put("c", EARLIER);
        var other = installation.device("EVR-2").pretendingToBe("EVR-1").submits();
        assertThat(rules(other, enrolled("EVR-1"))).containsExactly("certificate-limit", "idevid-serial-number");
        assertThat(answer(other, enrolled("EVR-1"))).containsExactly("idevid-serial-number");
    }

    @Test
    void anUnknownDeviceHasNone() {
        inUse.clear();
        assertThat(rules(device.submits(), new DeviceLife.Unregistered())).containsExactly("device-not-registered");
    }
}
