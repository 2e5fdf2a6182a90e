package dev.evenroll.revocation.device;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.device.DeviceCertificate.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// One change of a [DeviceInventory]: first what has become known, then, in [#settle], what is due by now.
final class DeviceTurn {

    /// Ended certificates are kept for this long after their validity: who asks about one may be late.
    static final Duration REMEMBERED = Duration.ofDays(365);

    private static final int MOST_USED_EARLY = 4;

    private final Instant now;
    private final Terms terms;
    private final List<DeviceCertificate> certificates;
    private final List<CertificateId> usedEarly;
    private final List<Happening> happenings = new ArrayList<>();
    private Optional<RegistryEntry> entry;
    private Optional<Instant> reserved;

    DeviceTurn(DeviceInventory before, Instant now, Terms terms) {
        this.now = now;
        this.terms = terms;
        this.certificates = new ArrayList<>(before.certificates());
        this.usedEarly = new ArrayList<>(before.usedEarly());
        this.entry = before.entry();
        this.reserved = before.reserved();
    }

    void enter(DeviceCertificate entered) {
        if (find(entered.id()).isPresent()) {
            return;
        }
        certificates.add(entered);
        certificates.sort(DeviceCertificate.BY_AGE);
        if (usedEarly.remove(entered.id()) || seenByTheRegistry(entered)) {
            install(entered, now);
        }
    }

    private boolean seenByTheRegistry(DeviceCertificate certificate) {
        return entry.flatMap(RegistryEntry::installedNotBefore)
                .filter(certificate.notBefore()::equals)
                .isPresent();
    }

    void move(CertificateId id, Standing standing, Optional<CrlReason> reason) {
        find(id).filter(certificate -> certificate.standing() != standing).ifPresent(certificate -> {
            replace(certificate.standing(standing));
            reason.ifPresent(why -> happenings.add(new Happening.DeletionDue(id, why)));
        });
    }

    void use(CertificateId id, Instant at) {
        var found = find(id);
        if (found.isPresent()) {
            found.filter(certificate -> certificate.standing() == Standing.ISSUED)
                    .ifPresent(certificate -> install(certificate, at.isAfter(now) ? now : at));
        } else if (!usedEarly.contains(id)) {
            usedEarly.add(id);
            if (usedEarly.size() > MOST_USED_EARLY) {
                usedEarly.removeFirst();
            }
        }
    }

    void register(RegistryEntry said) {
        entry = Optional.of(said);
        List.copyOf(certificates).stream()
                .filter(certificate -> certificate.standing() == Standing.ISSUED && seenByTheRegistry(certificate))
                .forEach(certificate -> install(certificate, now));
    }

    private void install(DeviceCertificate certificate, Instant at) {
        replace(certificate.installed(at));
        happenings.add(new Happening.Installed(certificate.id(), at));
    }

    /// Does what is due by now.
    DeviceInventory.Turn settle(Pacer pacer) {
        change(this::isOver, certificate -> {
            happenings.add(new Happening.Expired(certificate.id(), now));
            return certificate.standing(Standing.EXPIRED);
        });
        certificates.removeIf(certificate ->
                certificate.hasEnded() && !now.isBefore(certificate.notAfter().plus(REMEMBERED)));
        endWithTheDevice();
        change(this::isReplaced, certificate -> {
            happenings.add(new Happening.Superseded(certificate.id(), now));
            return certificate.standing(Standing.SUPERSEDED);
        });
        newest().ifPresent(certificate -> remindOfInstallation(certificate));
        newest().filter(any -> mayRenew())
                .flatMap(this::dueStep)
                .ifPresentOrElse(step -> remindOfRenewal(step, pacer), () -> reserved = Optional.empty());
        var after = new DeviceInventory(entry, certificates, usedEarly, renewalAt(), reserved, nextDue());
        return new DeviceInventory.Turn(after, happenings);
    }

    private boolean isOver(DeviceCertificate certificate) {
        return !certificate.hasEnded() && now.isAfter(certificate.notAfter());
    }

    private void endWithTheDevice() {
        entry.ifPresent(said -> change(
                certificate -> !certificate.hasEnded() && !certificate.revocationOrdered(),
                certificate -> end(said, certificate)
                        .map(due -> {
                            happenings.add(due);
                            return certificate.orderedToBeRevoked();
                        })
                        .orElse(certificate)));
    }

    /// Why the certificate can not outlive what the registry says; empty when it can.
    private static Optional<Happening.RevocationDue> end(RegistryEntry said, DeviceCertificate certificate) {
        if (said.standing() == RegistryEntry.Standing.DECOMMISSIONED) {
            return Optional.of(new Happening.RevocationDue(
                    certificate.id(),
                    CrlReason.CESSATION_OF_OPERATION,
                    said.actor(),
                    "The device was decommissioned."));
        }
        return certificate
                .life()
                .filter(life -> life < said.life())
                .map(any -> new Happening.RevocationDue(
                        certificate.id(),
                        CrlReason.AFFILIATION_CHANGED,
                        said.actor(),
                        "The device has another owner, or has begun anew, since the certificate was accepted."));
    }

    private boolean isReplaced(DeviceCertificate certificate) {
        return certificate.isCurrent()
                && retirement(certificate).filter(at -> !now.isBefore(at)).isPresent();
    }

    /// When the grace is over that the first use of a later certificate leaves to it; empty when none was used.
    private Optional<Instant> retirement(DeviceCertificate certificate) {
        return certificates.stream()
                .filter(later -> DeviceCertificate.BY_AGE.compare(later, certificate) > 0
                        && later.standing() == Standing.INSTALLED)
                .flatMap(
                        later -> later
                                .installedAt()
                                .flatMap(at -> terms.of(later.profile())
                                        .map(Renewal::grace)
                                        .map(at::plus))
                                .stream())
                .min(Instant::compareTo);
    }

    private void remindOfInstallation(DeviceCertificate certificate) {
        if (unseenAt(certificate).filter(at -> !now.isBefore(at)).isPresent()) {
            var inUse = certificates.reversed().stream()
                    .filter(other -> other.standing() == Standing.INSTALLED)
                    .map(DeviceCertificate::id)
                    .findFirst();
            happenings.add(new Happening.InstallationOverdue(certificate, inUse));
            replace(certificate.saidToBeUnseen());
        }
    }

    private Optional<Instant> unseenAt(DeviceCertificate certificate) {
        return certificate.standing() == Standing.ISSUED && !certificate.installationOverdue()
                ? terms.of(certificate.profile())
                        .map(each -> certificate.issuedAt().plus(each.unseenAfter()))
                : Optional.empty();
    }

    /// A device that may not enroll is not reminded: it could not renew.
    private boolean mayRenew() {
        return entry.map(said -> said.standing() == RegistryEntry.Standing.ENROLLING)
                .orElse(true);
    }

    /// A step that is due and was not said.
    private record DueStep(DeviceCertificate certificate, RenewalStep step, Instant dueAt) {}

    /// The last step that is due: what was missed meanwhile is not said any more.
    private Optional<DueStep> dueStep(DeviceCertificate certificate) {
        return terms.of(certificate.profile())
                .flatMap(each -> steps(certificate).reversed().stream()
                        .filter(step -> !now.isBefore(step.at(certificate, each)))
                        .findFirst()
                        .map(step -> new DueStep(certificate, step, RenewalStep.ROUTINE.at(certificate, each))));
    }

    private static List<RenewalStep> steps(DeviceCertificate certificate) {
        var all = List.of(RenewalStep.values());
        return all.subList(Math.min(certificate.renewalSteps(), all.size()), all.size());
    }

    private void remindOfRenewal(DueStep due, Pacer pacer) {
        var place = reserved.orElseGet(() -> pacer.reserve(entry.map(RegistryEntry::site), now));
        if (place.isAfter(now)) {
            reserved = Optional.of(place);
            return;
        }
        reserved = Optional.empty();
        happenings.add(
                due.step() == RenewalStep.OVERDUE
                        ? new Happening.RenewalOverdue(due.certificate(), due.dueAt())
                        : new Happening.RenewalDue(due.certificate(), due.step(), due.dueAt()));
        replace(due.certificate().renewalSteps(due.step().number()));
    }

    private Optional<Instant> nextDue() {
        var moments = new ArrayList<Instant>();
        for (var certificate : certificates) {
            moments.add(
                    certificate.hasEnded()
                            ? certificate.notAfter().plus(REMEMBERED)
                            : certificate.notAfter().plusSeconds(1));
            if (certificate.isCurrent()) {
                retirement(certificate).ifPresent(moments::add);
            }
        }
        newest().flatMap(this::unseenAt).ifPresent(moments::add);
        if (reserved.isPresent()) {
            moments.add(reserved.get());
        } else {
            newest().filter(any -> mayRenew()).flatMap(this::nextStepAt).ifPresent(moments::add);
        }
        return moments.stream().min(Instant::compareTo).map(DeviceTurn::milliseconds);
    }

    private Optional<Instant> renewalAt() {
        return newest().filter(any -> mayRenew())
                .flatMap(certificate ->
                        terms.of(certificate.profile()).map(each -> RenewalStep.ROUTINE.at(certificate, each)))
                .map(DeviceTurn::milliseconds);
    }

    /// In whole milliseconds, as it is kept, and never too early.
    private static Instant milliseconds(Instant at) {
        return at.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }

    private Optional<Instant> nextStepAt(DeviceCertificate certificate) {
        return terms.of(certificate.profile())
                .flatMap(each -> steps(certificate).stream().findFirst().map(step -> step.at(certificate, each)));
    }

    /// The newest that the device may use, and will not lose at once.
    private Optional<DeviceCertificate> newest() {
        return certificates.reversed().stream()
                .filter(certificate -> certificate.isCurrent() && !certificate.revocationOrdered())
                .findFirst();
    }

    private Optional<DeviceCertificate> find(CertificateId id) {
        return certificates.stream()
                .filter(certificate -> certificate.id().equals(id))
                .findFirst();
    }

    private void replace(DeviceCertificate changed) {
        certificates.replaceAll(certificate -> certificate.id().equals(changed.id()) ? changed : certificate);
    }

    private void change(Predicate<DeviceCertificate> which, UnaryOperator<DeviceCertificate> how) {
        certificates.replaceAll(certificate -> which.test(certificate) ? how.apply(certificate) : certificate);
    }
}
