package dev.evenroll.policy;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts for tests, each made from the ones before with one thing changed.
record Requests(PolicyFacts facts) {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /// An unregistered X1 of acme, from 10.1.2.3, at noon, not attested, not approved.
    static Requests usual() {
        return new Requests(new PolicyFacts(
                "CP-000001", "acme", "X1", DeviceKnowledge.UNREGISTERED, "10.1.2.3", NOON, false, null));
    }

    Requests device(String id) {
        return new Requests(new PolicyFacts(
                id,
                facts.manufacturer(),
                facts.model(),
                facts.device(),
                facts.remoteAddress(),
                facts.at(),
                facts.attested(),
                facts.approver()));
    }

    Requests of(String manufacturer, @Nullable String model) {
        return new Requests(new PolicyFacts(
                facts.deviceId(),
                manufacturer,
                model,
                facts.device(),
                facts.remoteAddress(),
                facts.at(),
                facts.attested(),
                facts.approver()));
    }

    Requests known(DeviceKnowledge device) {
        return new Requests(new PolicyFacts(
                facts.deviceId(),
                facts.manufacturer(),
                facts.model(),
                device,
                facts.remoteAddress(),
                facts.at(),
                facts.attested(),
                facts.approver()));
    }

    Requests from(String remoteAddress) {
        return new Requests(new PolicyFacts(
                facts.deviceId(),
                facts.manufacturer(),
                facts.model(),
                facts.device(),
                remoteAddress,
                facts.at(),
                facts.attested(),
                facts.approver()));
    }

    Requests at(String instant) {
        return new Requests(new PolicyFacts(
                facts.deviceId(),
                facts.manufacturer(),
                facts.model(),
                facts.device(),
                facts.remoteAddress(),
                Instant.parse(instant),
                facts.attested(),
                facts.approver()));
    }

    Requests attested() {
        return new Requests(new PolicyFacts(
                facts.deviceId(),
                facts.manufacturer(),
                facts.model(),
                facts.device(),
                facts.remoteAddress(),
                facts.at(),
                true,
                facts.approver()));
    }

    Requests approvedBy(String person) {
        return new Requests(new PolicyFacts(
                facts.deviceId(),
                facts.manufacturer(),
                facts.model(),
                facts.device(),
                facts.remoteAddress(),
                facts.at(),
                facts.attested(),
                person));
    }

    PolicyOutcome under(String yaml) {
        try {
            return PolicyReader.read(yaml, Path.of(""), AdmissibleProfiles.builtIn())
                    .decide(facts);
        } catch (UnusablePolicyException e) {
            throw new AssertionError(e);
        }
    }
}
