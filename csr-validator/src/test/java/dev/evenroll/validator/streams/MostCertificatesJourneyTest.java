package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One device does not have any number of certificates.
class MostCertificatesJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";
    private static final int MOST = 20;
    private static final Duration BEYOND_VALIDITY = Duration.ofDays(366);

    private final SimulatedDevice device = installation.device(DEVICE);

    @BeforeEach
    void registerDevice() {
        register(DEVICE, EnrollmentModel.FACTORY);
    }

    /// With a new key each time.
    private CertificateIssued enroll() {
        validator.request(installation.device(DEVICE).submits(), 1);
        return validator.issue(authorization());
    }

    private List<CertificateIssued> enrollToTheLimit() {
        var issued = new ArrayList<CertificateIssued>();
        for (var number = 0; number < MOST; number++) {
            issued.add(enroll());
        }
        assertAtLimit();
        return issued;
    }

    private void assertAtLimit() {
        validator.answers();
        validator.request(installation.device(DEVICE).submits(), 1);
        assertThat(refusals()).containsExactly("certificate-limit");
        assertThat(answers()).containsExactly("1: certificate-limit");
        assertThat(authorized()).isEmpty();
    }

    private void assertBelowLimit() {
        validator.request(installation.device(DEVICE).submits(), 1);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void whatIsInFlightCounts() {
        for (var number = 0; number < MOST; number++) {
            validator.request(installation.device(DEVICE).submits(), 1);
        }
        var authorized = validator.authorizations();
        assertThat(authorized).hasSize(MOST);
        assertAtLimit();
        validator.refuseIssuance(authorized.getFirst());
        assertBelowLimit();
    }

    @Test
    void whatIsRevokedDoesNotCount() {
        var issued = enrollToTheLimit();
        validator.revoke(ValidatorDriver.certificate(issued.getFirst()));
        assertBelowLimit();
        assertAtLimit();
    }

    @Test
    void whatHasExpiredDoesNotCount() {
        enrollToTheLimit();
        pass(BEYOND_VALIDITY);
        assertBelowLimit();
    }

    @Test
    void whatIsOfAFormerLifeDoesNotCount() {
        enrollToTheLimit();
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.FACTORY);
        assertBelowLimit();
    }

    @Test
    void whatTheDeviceHasAlreadyIsAnsweredAtTheLimitToo() {
        var submission = device.submits();
        validator.request(submission, 1);
        validator.issue(authorization());
        for (var number = 1; number < MOST; number++) {
            enroll();
        }
        assertAtLimit();
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: certificate");
    }

    @Test
    void toRenewWithTheNewestRetiresTheOthers() {
        for (var number = 1; number < MOST; number++) {
            enroll();
        }
        pass(Duration.ofDays(1));
        var newest = ValidatorDriver.certificate(enroll());
        assertAtLimit();
        validator.request(device.renewing(newest).submitsWithOrganization(Installation.OWNER), 1);
        validator.issue(authorization());
        for (var number = 2; number < MOST; number++) {
            enroll();
        }
        assertAtLimit();
    }

    /// A device of many years, renewed every two months.
    @Test
    void aLifeOfRenewalsNeverMeetsTheLimit() {
        var present = enroll();
        for (var renewal = 0; renewal < 2 * MOST; renewal++) {
            pass(Duration.ofDays(60));
            validator.request(
                    device.renewing(ValidatorDriver.certificate(present)).submitsWithOrganization(Installation.OWNER),
                    1);
            present = validator.issue(authorization());
        }
        assertThat(refusals()).isEmpty();
    }
}
