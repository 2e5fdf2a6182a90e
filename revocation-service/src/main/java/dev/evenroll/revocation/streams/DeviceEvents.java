package dev.evenroll.revocation.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.device.DeviceCertificate;
import dev.evenroll.revocation.device.DeviceInventory;
import dev.evenroll.revocation.device.Happening;
import dev.evenroll.revocation.device.RegistryEntry;
import dev.evenroll.revocation.device.RenewalStep;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.InstallationOverdue;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.event.RenewalOverdue;
import dev.evenroll.schemas.event.RenewalTrigger;
import dev.evenroll.schemas.event.RenewalUrgency;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.state.CertificateProgressed;
import dev.evenroll.schemas.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Predicate;

/// What happens to the certificates of a device, as events.
final class DeviceEvents {

    private static final String STATION_CERTIFICATE = "SignChargingStationCertificate";
    private static final String V2G_CERTIFICATE = "SignV2GCertificate";
    private static final String CHARGE_POINT_CERTIFICATE = "SignChargePointCertificate";

    private final String environment;
    private final Issuers issuers;
    private final Predicate<String> vehicleCertificates;
    private final InstantSource clock;

    /// @param key of the record
    record Event(String key, Emission emission) {}

    /// @param vehicleCertificates whether certificates of a profile are for the communication with vehicles
    DeviceEvents(String environment, Issuers issuers, Predicate<String> vehicleCertificates, InstantSource clock) {
        this.environment = environment;
        this.issuers = issuers;
        this.vehicleCertificates = vehicleCertificates;
        this.clock = clock;
    }

    Event event(String deviceId, DeviceInventory device, Happening happening) {
        return switch (happening) {
            case Happening.Installed(var id, var at) -> progress(id, CertificateState.INSTALLED, at);
            case Happening.Superseded(var id, var at) -> progress(id, CertificateState.SUPERSEDED, at);
            case Happening.Expired(var id, var at) -> progress(id, CertificateState.EXPIRED, at);
            case Happening.RevocationDue due -> order(due);
            case Happening.RenewalDue due -> renewal(deviceId, device, due);
            case Happening.RenewalOverdue due -> overdue(deviceId, device, due);
            case Happening.InstallationOverdue overdue -> installation(deviceId, device, overdue);
            case Happening.DeletionDue due -> deletion(deviceId, device, due);
        };
    }

    private Event progress(CertificateId id, CertificateState state, Instant at) {
        return new Event(
                id.value(),
                new Emission(
                        Route.Internal.CERTIFICATE_PROGRESS,
                        CertificateProgressed.newBuilder()
                                .setEnvironment(environment)
                                .setCertificateId(id.value())
                                .setState(state)
                                .setOccurredAt(at)
                                .build()));
    }

    private Event order(Happening.RevocationDue due) {
        return new Event(
                due.certificate().value(),
                new Emission(
                        Topics.REVOCATION_REQUESTED,
                        RevocationRequested.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setCertificateId(due.certificate().value())
                                .setReason(Lives.reason(due.reason()))
                                .setActor(due.actor())
                                .setCause(due.cause())
                                .build()));
    }

    private Event renewal(String deviceId, DeviceInventory device, Happening.RenewalDue due) {
        return new Event(
                deviceId,
                new Emission(
                        Topics.RENEWAL_DUE,
                        RenewalDue.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setDeviceId(deviceId)
                                .setTrigger(trigger(device, due.certificate()))
                                .setDueAt(due.dueAt())
                                .setUrgency(urgency(due.step()))
                                .build()));
    }

    private static RenewalUrgency urgency(RenewalStep step) {
        return switch (step) {
            case ROUTINE -> RenewalUrgency.ROUTINE;
            case SOON -> RenewalUrgency.SOON;
            case URGENT, OVERDUE -> RenewalUrgency.URGENT;
        };
    }

    private Event overdue(String deviceId, DeviceInventory device, Happening.RenewalOverdue due) {
        return new Event(
                deviceId,
                new Emission(
                        Topics.RENEWAL_OVERDUE,
                        RenewalOverdue.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setDeviceId(deviceId)
                                .setTrigger(trigger(device, due.certificate()))
                                .setDueAt(due.dueAt())
                                .build()));
    }

    private RenewalTrigger trigger(DeviceInventory device, DeviceCertificate certificate) {
        boolean vehicle = vehicleCertificates.test(certificate.profile());
        return RenewalTrigger.newBuilder()
                .setOcppIdentity(said(device, RegistryEntry::ocppIdentity))
                .setSite(said(device, RegistryEntry::site))
                .setCertificateId(certificate.id().value())
                .setProfile(certificate.profile())
                .setNotAfter(certificate.notAfter())
                .setRequestedMessage(vehicle ? V2G_CERTIFICATE : STATION_CERTIFICATE)
                .setExtendedRequestedMessage(vehicle ? null : CHARGE_POINT_CERTIFICATE)
                .build();
    }

    private Event installation(String deviceId, DeviceInventory device, Happening.InstallationOverdue overdue) {
        var certificate = overdue.certificate();
        return new Event(
                deviceId,
                new Emission(
                        Topics.INSTALLATION_OVERDUE,
                        InstallationOverdue.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setDeviceId(deviceId)
                                .setCertificateId(certificate.id().value())
                                .setProfile(certificate.profile())
                                .setIssuedAt(certificate.issuedAt())
                                .setCertificateInUse(overdue.inUse()
                                        .map(CertificateId::value)
                                        .orElse(null))
                                .setOcppIdentity(said(device, RegistryEntry::ocppIdentity))
                                .setSite(said(device, RegistryEntry::site))
                                .build()));
    }

    private Event deletion(String deviceId, DeviceInventory device, Happening.DeletionDue due) {
        var issuer = issuers.ofKeyId(due.certificate().issuerKeyId()).map(IssuerHashes::of);
        return new Event(
                deviceId,
                new Emission(
                        Topics.DELETION_DUE,
                        DeletionDue.newBuilder()
                                .setEnvironment(environment)
                                .setOccurredAt(clock.instant())
                                .setDeviceId(deviceId)
                                .setCertificateId(due.certificate().value())
                                .setReason(Lives.reason(due.reason()))
                                .setOcppIdentity(said(device, RegistryEntry::ocppIdentity))
                                .setSite(said(device, RegistryEntry::site))
                                .setHashAlgorithm(IssuerHashes.ALGORITHM)
                                .setIssuerNameHash(
                                        issuer.map(IssuerHashes::name).orElse(null))
                                .setIssuerKeyHash(issuer.map(IssuerHashes::key).orElse(null))
                                .setSerialNumber(
                                        due.certificate().serialNumber().replaceFirst("^0+(?=.)", ""))
                                .build()));
    }

    @SuppressWarnings("NullAway") // the builders take null for what the registry has not said
    private static String said(DeviceInventory device, Function<RegistryEntry, String> what) {
        return device.entry().map(what).orElse(null);
    }
}
