package dev.evenroll.audit;

import static dev.evenroll.audit.SampleEvents.ENVIRONMENT;
import static dev.evenroll.audit.SampleEvents.NOW;

import dev.evenroll.audit.SampleEvents.Sample;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.InstallationOverdue;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.event.RenewalOverdue;
import dev.evenroll.schemas.event.RenewalTrigger;
import dev.evenroll.schemas.event.RenewalUrgency;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.stream.Stream;

/// One honest event of everything that is due for a certificate.
final class RenewalSamples {

    private static final String CERTIFICATE = "ab12-0a0b";
    private static final RenewalTrigger TRIGGER = RenewalTrigger.newBuilder()
            .setOcppIdentity("CP-1")
            .setSite("Harbour")
            .setCertificateId(CERTIFICATE)
            .setProfile("charging-station")
            .setNotAfter(NOW.plus(Duration.ofDays(90)))
            .setRequestedMessage("SignChargingStationCertificate")
            .setExtendedRequestedMessage("SignChargePointCertificate")
            .build();

    private RenewalSamples() {}

    static Stream<Sample> all() {
        return Stream.of(
                new Sample(
                        Topics.RENEWAL_DUE,
                        RenewalDue.newBuilder()
                                .setEnvironment(ENVIRONMENT)
                                .setOccurredAt(NOW)
                                .setDeviceId("D1")
                                .setTrigger(TRIGGER)
                                .setDueAt(NOW)
                                .setUrgency(RenewalUrgency.SOON)
                                .build()),
                new Sample(
                        Topics.RENEWAL_OVERDUE,
                        RenewalOverdue.newBuilder()
                                .setEnvironment(ENVIRONMENT)
                                .setOccurredAt(NOW)
                                .setDeviceId("D1")
                                .setTrigger(TRIGGER)
                                .setDueAt(NOW)
                                .build()),
                new Sample(
                        Topics.INSTALLATION_OVERDUE,
                        InstallationOverdue.newBuilder()
                                .setEnvironment(ENVIRONMENT)
                                .setOccurredAt(NOW)
                                .setDeviceId("D1")
                                .setCertificateId(CERTIFICATE)
                                .setProfile("charging-station")
                                .setIssuedAt(NOW.minus(Duration.ofDays(2)))
                                .setCertificateInUse(null)
                                .setOcppIdentity("CP-1")
                                .setSite("Harbour")
                                .build()),
                new Sample(
                        Topics.DELETION_DUE,
                        DeletionDue.newBuilder()
                                .setEnvironment(ENVIRONMENT)
                                .setOccurredAt(NOW)
                                .setDeviceId("D1")
                                .setCertificateId(CERTIFICATE)
                                .setReason(RevocationReason.CESSATION_OF_OPERATION)
                                .setOcppIdentity("CP-1")
                                .setSite("Harbour")
                                .setHashAlgorithm("SHA256")
                                .setIssuerNameHash("0a".repeat(32))
                                .setIssuerKeyHash("0b".repeat(32))
                                .setSerialNumber("a0b")
                                .build()));
    }
}
