package dev.evenroll.revocation.device;

import dev.evenroll.pki.identity.CertificateId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the inventory knows of a device.
///
/// @param entry what the registry says of it; empty before it has said anything
/// @param certificates its certificates, the oldest first
/// @param usedEarly certificates that it was seen with before they were entered, the oldest first
/// @param renewalAt when the renewal of its newest certificate is due, or became so; empty when none will be
/// @param reserved the place that was kept for a renewal that is due ([Pacer]); empty when none is
/// @param dueAt when something will be due if nothing becomes known before; empty when nothing will
public record DeviceInventory(
        Optional<RegistryEntry> entry,
        List<DeviceCertificate> certificates,
        List<CertificateId> usedEarly,
        Optional<Instant> renewalAt,
        Optional<Instant> reserved,
        Optional<Instant> dueAt) {

    /// Nothing is known of the device.
    public static final DeviceInventory UNKNOWN = new DeviceInventory(
            Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public DeviceInventory {
        certificates = List.copyOf(certificates);
        usedEarly = List.copyOf(usedEarly);
    }

    /// What news make of it.
    ///
    /// @param happenings what follows, in order
    public record Turn(DeviceInventory after, List<Happening> happenings) {

        public Turn {
            happenings = List.copyOf(happenings);
        }
    }

    /// Takes in what has become known, and does what is due.
    public Turn take(DeviceNews news, Instant now, Terms terms, Pacer pacer) {
        var turn = new DeviceTurn(this, now, terms);
        switch (news) {
            case DeviceNews.Entered(var certificate) -> turn.enter(certificate);
            case DeviceNews.Moved(var certificate, var standing, var reason) ->
                turn.move(certificate, standing, reason);
            case DeviceNews.Used(var certificate, var at) -> turn.use(certificate, at);
            case DeviceNews.Registered(var said) -> turn.register(said);
            case DeviceNews.TimePassed() -> {}
        }
        return turn.settle(pacer);
    }

    /// The certificate that is renewed next: the newest that the device may use, and will not lose at once.
    public Optional<DeviceCertificate> newest() {
        return certificates.reversed().stream()
                .filter(certificate -> certificate.isCurrent() && !certificate.revocationOrdered())
                .findFirst();
    }

    /// Where the device stands.
    public Optional<String> site() {
        return entry.map(RegistryEntry::site);
    }

    /// The same, with nothing due before this moment.
    public DeviceInventory dueNotBefore(Instant moment) {
        return new DeviceInventory(
                entry,
                certificates,
                usedEarly,
                renewalAt,
                reserved,
                dueAt.map(at -> at.isBefore(moment) ? moment : at));
    }
}
