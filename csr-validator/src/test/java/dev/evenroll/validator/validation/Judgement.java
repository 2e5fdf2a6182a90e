package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A judge, a device, and what the one says of the other.
abstract class Judgement {

    static final Registration REGISTRATION =
            new Registration(Installation.ACME, "Wallbox", "CS-1", Installation.OWNER, "Car park 3");

    final Installation installation = new Installation();
    final SimulatedDevice device = installation.device("EVR-1");
    final Set<CertificateId> revoked = new HashSet<>();
    final Set<CertificateId> ofFormerLife = new HashSet<>();
    /// Start of validity of the certificates in use, by enrollment.
    final Map<String, Instant> inUse = new HashMap<>();
    final Map<String, Authority> authorities = new HashMap<>();
    final Set<String> blockedByPeople = new HashSet<>();

    Verdict judge(Submission submission, DeviceLife device) {
        return judge(submission, device, null, null);
    }

    /// @param token the device's one-time token
    /// @param approver who has approved it
    Verdict judge(
            Submission submission, DeviceLife device, @Nullable DeviceTokenView token, @Nullable String approver) {
        var verdict = installation.judge().judge(submission, circumstances(device, token, approver));
        if (verdict instanceof Verdict.Refused refused) {
            assertThat(refused.failures()).allSatisfy(Judgement::isOfItsTemplate);
            assertThat(refused.told()).allSatisfy(Judgement::isOfItsTemplate);
        }
        return verdict;
    }

    Circumstances circumstances(DeviceLife device, @Nullable DeviceTokenView token, @Nullable String approver) {
        return new Circumstances(
                device,
                certificates(),
                token,
                name -> Optional.ofNullable(authorities.get(name)),
                blockedByPeople::contains,
                approver);
    }

    private DeviceCertificates certificates() {
        return new DeviceCertificates() {
            @Override
            public boolean isRevoked(CertificateId certificate) {
                return revoked.contains(certificate);
            }

            @Override
            public boolean isOfFormerLife(CertificateId certificate) {
                return ofFormerLife.contains(certificate);
            }

            @Override
            public long othersInUse(String enrollmentId, @Nullable Instant usedNotBefore, Instant now) {
                return inUse.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(enrollmentId))
                        .filter(entry ->
                                usedNotBefore == null || !entry.getValue().isBefore(usedNotBefore))
                        .count();
            }
        };
    }

    /// Every message is one of those that the table of rules shows for its rule.
    private static void isOfItsTemplate(Failure failure) {
        assertThat(Judge.texts())
                .as(failure.toString())
                .anyMatch(text -> text.rule().equals(failure.rule()) && Templates.matches(text, failure.message()));
    }

    boolean isBarred(Submission submission, DeviceLife device) {
        return installation.judge().isBarred(submission, circumstances(device, null, null));
    }

    List<String> refusals(Submission submission, DeviceLife device) {
        return sentences(judge(submission, device));
    }

    /// `rule|message` of each failure.
    static List<String> sentences(Verdict verdict) {
        return failures(verdict).stream()
                .map(failure -> failure.rule() + "|" + failure.message())
                .toList();
    }

    static List<String> told(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused
                ? refused.told().stream()
                        .map(failure -> failure.rule() + "|" + failure.message())
                        .toList()
                : List.of();
    }

    static List<String> alarms(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused
                ? refused.alarms().stream()
                        .map(alarm -> alarm.kind() + "|" + alarm.sentence())
                        .toList()
                : List.of();
    }

    List<String> rules(Submission submission, DeviceLife device) {
        return failures(judge(submission, device)).stream().map(Failure::rule).toList();
    }

    private static List<Failure> failures(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.failures() : List.of();
    }

    /// The rules that the requester is told of.
    List<String> answer(Submission submission, DeviceLife device) {
        return judge(submission, device) instanceof Verdict.Refused refused
                ? refused.told().stream().map(Failure::rule).toList()
                : List.of();
    }

    DeviceLife.Known registered(String serialNumber) {
        return registered(serialNumber, REGISTRATION);
    }

    DeviceLife.Known ofGlobex(String serialNumber) {
        return registered(
                serialNumber, new Registration("globex", "Wallbox", "CS-1", Installation.OWNER, "Car park 3"));
    }

    DeviceLife.Known registered(String serialNumber, Registration registration) {
        return (DeviceLife.Known) new DeviceLife.Unregistered()
                .apply(
                        new DeviceCommand.Register(order(serialNumber), registration),
                        installation.clock().instant());
    }

    /// The device EVR-1, which may enroll by these models.
    DeviceLife.Known allowing(EnrollmentModel... models) {
        return registered("EVR-1", REGISTRATION.with(Set.of(models)));
    }

    DeviceLife.Known enrolled(String serialNumber) {
        var now = installation.clock().instant();
        return registered(serialNumber).certified(now, now.plus(Duration.ofDays(365)));
    }

    /// What a command makes of a device.
    DeviceLife.Known after(DeviceLife.Known device, Function<Order, DeviceCommand> command) {
        var order = order(device.entry().deviceId().value());
        return device.apply(command.apply(order), installation.clock().instant());
    }

    private static Order order(String serialNumber) {
        return Order.of(UUID.randomUUID().toString(), "alice", new DeviceId(serialNumber));
    }

    static Der spki(KeyPair keys) {
        return Der.of(keys.getPublic().getEncoded());
    }
}
