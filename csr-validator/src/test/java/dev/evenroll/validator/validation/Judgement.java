package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.KeyPair;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A judge, a device, and what the one says of the other.
abstract class Judgement {

    final Installation installation = new Installation();
    final SimulatedDevice device = installation.device("EVR-1");
    final Set<CertificateId> revoked = new HashSet<>();

    Verdict judge(Submission submission, DeviceLife device) {
        return judge(submission, Circumstances.of(device, revoked::contains));
    }

    Verdict judge(Submission submission, Circumstances circumstances) {
        return installation.judge().judge(submission, circumstances);
    }

    List<String> refusals(Submission submission, DeviceLife device) {
        return failures(submission, device).stream()
                .map(failure -> failure.rule() + "|" + failure.message())
                .toList();
    }

    List<String> rules(Submission submission, DeviceLife device) {
        return failures(submission, device).stream().map(Failure::rule).toList();
    }

    List<Failure> failures(Submission submission, DeviceLife device) {
        return judge(submission, device) instanceof Verdict.Refused refused ? refused.failures() : List.of();
    }

    /// The rules that the requester is told of.
    List<String> answer(Submission submission, DeviceLife device) {
        return judge(submission, device) instanceof Verdict.Refused refused
                ? refused.told().stream().map(Failure::rule).toList()
                : List.of();
    }

    DeviceLife.Known registered(String serialNumber) {
        return registered(serialNumber, Installation.ACME);
    }

    DeviceLife.Known ofGlobex(String serialNumber) {
        return registered(serialNumber, "globex");
    }

    DeviceLife.Known registered(String serialNumber, String manufacturer) {
        var registration = new Registration(manufacturer, "Wallbox", "CS-1", Installation.OWNER, "Car park 3");
        var command = new DeviceCommand.Register(
                DeviceCommand.Order.of("c1", "alice", new DeviceId(serialNumber)), registration);
        return (DeviceLife.Known) new DeviceLife.Unregistered()
                .apply(command, installation.clock().instant());
    }

    static Der spki(KeyPair keys) {
        return Der.of(keys.getPublic().getEncoded());
    }
}
