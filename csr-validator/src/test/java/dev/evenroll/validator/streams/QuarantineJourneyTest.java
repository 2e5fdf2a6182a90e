package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.validation.Submission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device that the policies put in quarantine, because it renews with a certificate that has expired.
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class QuarantineJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";
    private static final Duration BEYOND_VALIDITY = Duration.ofDays(366);

    private final SimulatedDevice device = installation.device(DEVICE);
    private X509Certificate expired;

    @BeforeEach
    void certifyLongAgo() {
        installation.decidesBy("""
                version: a
                renewal: { graceAfterExpiry: P300D }
                policies: [{ name: nobody, match: {}, decision: refuse, reason: closed }]
                """);
        register(DEVICE, EnrollmentModel.FACTORY);
        validator.request(device.submits(), 1);
        expired = ValidatorDriver.certificate(validator.issue(authorization()));
        installation.clock().advance(BEYOND_VALIDITY);
        validator.registry();
        validator.answers();
    }

    private Submission renewal() {
        return device.renewing(expired).submitsWithOrganization(Installation.OWNER);
    }

    /// Pins: an approval that had led to no certificate opened the quarantine that the policies began later.
    @Test
    void anApprovalDoesNotOutliveAQuarantineByThePolicies() {
        quarantine(DEVICE);
        var approved = installation.device(DEVICE).submits();
        validator.request(approved, 1);
        approve(approved);
        validator.refuseIssuance(authorization());
        var renewal = renewal();
        validator.request(renewal, 2);
        validator.registry();
        validator.answers();

        validator.request(approved, 3);
        assertThat(answers()).containsExactly("3: waits 10");
        assertThat(registry()).as("released by nobody").isEmpty();
        assertThat(authorized()).isEmpty();
        // What began the quarantine waits on, and its approval ends it.
        approve(renewal);
        assertThat(authorized()).containsExactly(renewal.enrollmentId());
    }

    /// The one that waits for the person who approves it is shown the reason that counts now.
    @Test
    void whatWaitedBeforeTheQuarantineIsShownItsReason() {
        quarantine(DEVICE);
        var waiting = installation.device(DEVICE).submits();
        validator.request(waiting, 1);
        validator.command(new DeviceCommand.Resume(order(DEVICE, "alice"), "found"));
        validator.request(renewal(), 2);
        validator.pending();
        approve(waiting);
        assertThat(authorized()).isEmpty();
        validator.request(waiting, 3);
        assertThat(validator.pending())
                .singleElement()
                .satisfies(pending -> assertThat(pending.getReason())
                        .startsWith("the device is in quarantine (the certificate that it renews with expired on "));
    }
}
