package dev.evenroll.revocation.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.device.DeviceCertificate;
import dev.evenroll.revocation.device.DeviceInventory;
import dev.evenroll.revocation.device.DeviceNews;
import dev.evenroll.revocation.device.RegistryEntry;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateUsed;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.state.CertificateMoved;
import dev.evenroll.schemas.state.CertificateOfDevice;
import dev.evenroll.schemas.state.DeviceInInventory;
import java.util.Objects;
import java.util.Optional;

/// The inventory of a device between the domain and its records: the value of the store `device-by-id`, and what comes
/// in from topics.
final class DeviceRecords {

    private static final Codec<DeviceInInventory> CODEC = Codec.of(DeviceInInventory.class);

    private DeviceRecords() {}

    static byte[] encode(DeviceInventory device) {
        var entry = device.entry();
        return CODEC.encode(DeviceInInventory.newBuilder()
                .setOcppIdentity(entry.map(RegistryEntry::ocppIdentity).orElse(null))
                .setSite(entry.map(RegistryEntry::site).orElse(null))
                .setLife(entry.map(RegistryEntry::life).orElse(0L))
                .setState(entry.map(said -> state(said.standing())).orElse(null))
                .setInstalledNotBefore(
                        entry.flatMap(RegistryEntry::installedNotBefore).orElse(null))
                .setActor(entry.map(RegistryEntry::actor).orElse(""))
                .setCertificates(device.certificates().stream()
                        .map(DeviceRecords::record)
                        .toList())
                .setUsedEarly(
                        device.usedEarly().stream().map(CertificateId::value).toList())
                .setRenewalAt(device.renewalAt().orElse(null))
                .setDueAt(device.dueAt().orElse(null))
                .setReserved(device.reserved().orElse(null))
                .build());
    }

    private static CertificateOfDevice record(DeviceCertificate certificate) {
        return CertificateOfDevice.newBuilder()
                .setCertificateId(certificate.id().value())
                .setProfile(certificate.profile())
                .setState(CertificateState.valueOf(certificate.standing().name()))
                .setIssuedAt(certificate.issuedAt())
                .setNotBefore(certificate.notBefore())
                .setNotAfter(certificate.notAfter())
                .setLife(certificate.life().orElse(null))
                .setInstalledAt(certificate.installedAt().orElse(null))
                .setInstallationOverdue(certificate.installationOverdue())
                .setRevocationOrdered(certificate.revocationOrdered())
                .setRenewalSteps(certificate.renewalSteps())
                .build();
    }

    /// What [#encode] wrote into the store.
    ///
    /// @throws IllegalStateException when the store holds something else: nobody but this service writes it
    static DeviceInventory decode(byte[] stored) {
        try {
            var record = CODEC.decode(stored);
            return new DeviceInventory(
                    Optional.ofNullable(record.getState()).map(state -> entry(record, state)),
                    record.getCertificates().stream()
                            .map(DeviceRecords::certificate)
                            .toList(),
                    record.getUsedEarly().stream().map(CertificateId::parse).toList(),
                    Optional.ofNullable(record.getRenewalAt()),
                    Optional.ofNullable(record.getReserved()),
                    Optional.ofNullable(record.getDueAt()));
        } catch (UndecodableException e) {
            throw new IllegalStateException(
                    "The store device-by-id holds a record that this version can not read. Run the version that wrote it,"
                            + " or a newer one.",
                    e);
        }
    }

    private static RegistryEntry entry(DeviceInInventory record, DeviceState state) {
        return new RegistryEntry(
                Objects.requireNonNullElse(record.getOcppIdentity(), ""),
                Objects.requireNonNullElse(record.getSite(), ""),
                standing(state),
                record.getLife(),
                Optional.ofNullable(record.getInstalledNotBefore()),
                record.getActor());
    }

    private static DeviceCertificate certificate(CertificateOfDevice record) {
        return new DeviceCertificate(
                CertificateId.parse(record.getCertificateId()),
                record.getProfile(),
                standing(record.getState()),
                record.getIssuedAt(),
                record.getNotBefore(),
                record.getNotAfter(),
                Optional.ofNullable(record.getLife()),
                Optional.ofNullable(record.getInstalledAt()),
                record.getInstallationOverdue(),
                record.getRevocationOrdered(),
                record.getRenewalSteps());
    }

    private static DeviceCertificate.Standing standing(CertificateState state) {
        return switch (state) {
            case ISSUED -> DeviceCertificate.Standing.ISSUED;
            case INSTALLED -> DeviceCertificate.Standing.INSTALLED;
            case SUPERSEDED -> DeviceCertificate.Standing.SUPERSEDED;
            case ON_HOLD -> DeviceCertificate.Standing.ON_HOLD;
            case REVOKED -> DeviceCertificate.Standing.REVOKED;
            case EXPIRED -> DeviceCertificate.Standing.EXPIRED;
            case UNKNOWN ->
                throw new IllegalStateException("A certificate is in a state that this version does not know. Run the"
                        + " version that wrote it, or a newer one.");
        };
    }

    private static DeviceState state(RegistryEntry.Standing standing) {
        return switch (standing) {
            case ENROLLING -> DeviceState.ENROLLED;
            case HELD_BACK -> DeviceState.SUSPENDED;
            case DECOMMISSIONED -> DeviceState.DECOMMISSIONED;
        };
    }

    /// A state that a newer registry knows holds a device back: what it means can not be told.
    private static RegistryEntry.Standing standing(DeviceState state) {
        return switch (state) {
            case REGISTERED, ENROLLED -> RegistryEntry.Standing.ENROLLING;
            case SUSPENDED, QUARANTINED, UNKNOWN -> RegistryEntry.Standing.HELD_BACK;
            case DECOMMISSIONED -> RegistryEntry.Standing.DECOMMISSIONED;
        };
    }

    /// @throws IllegalArgumentException when it names no certificate
    static DeviceNews news(CertificateMoved event) {
        var id = CertificateId.parse(event.getCertificateId());
        return switch (event.getState()) {
            case ISSUED ->
                // Released from hold, too: then it is there already, which Entered leaves as it is.
                event.getReleased()
                        ? new DeviceNews.Moved(id, DeviceCertificate.Standing.ISSUED, Optional.empty())
                        : new DeviceNews.Entered(DeviceCertificate.entered(
                                id,
                                event.getProfile(),
                                event.getIssuedAt(),
                                event.getNotBefore(),
                                event.getNotAfter(),
                                Optional.ofNullable(event.getLife())));
            case INSTALLED, SUPERSEDED, ON_HOLD, REVOKED, EXPIRED, UNKNOWN ->
                new DeviceNews.Moved(
                        id,
                        standing(event.getState()),
                        Optional.ofNullable(event.getReason()).map(Lives::reason));
        };
    }

    /// @throws IllegalArgumentException when it names no certificate
    static DeviceNews news(CertificateUsed event) {
        return new DeviceNews.Used(CertificateId.parse(event.getCertificateId()), event.getOccurredAt());
    }

    static DeviceNews news(RegisteredDevice event) {
        return new DeviceNews.Registered(new RegistryEntry(
                event.getDescription().getOcppIdentity(),
                event.getDescription().getSite(),
                standing(event.getState()),
                event.getLife(),
                Optional.ofNullable(event.getInstalledNotBefore()),
                event.getLastCommand().getActor()));
    }
}
