package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.enrollment.KeyOwnership;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/// Counts decisions. A task that is run again after a fault counts again: for watching, not for accounting.
///
/// - `evenroll.validator.decisions{result=accepted|waiting|approved|refused|joined|answered|key-granted|key-taken|
///   key-blocked|key-not-new|quota-exhausted|overtaken}`
/// - `evenroll.validator.verdicts{verdict=accepted|waiting|refused|authorized, model=..., policy=...}`: by the way
///   that the request took and the policy that decided, `none` when none did
/// - `evenroll.validator.findings{rule=...}`: each reason of a refusal
/// - `evenroll.validator.dead.letters`
final class DecisionMetrics {

    private static final String ACCEPTED = "accepted";
    private static final String WAITING = "waiting";
    private static final String REFUSED = "refused";

    private final MeterRegistry registry;
    private final Counter deadLetters;

    DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.deadLetters = registry.counter("evenroll.validator.dead.letters");
    }

    /// The rules found nothing wrong.
    void accepted(Origin origin) {
        decision(ACCEPTED);
        verdict(ACCEPTED, origin);
    }

    /// The rules found nothing wrong, and a person has to decide.
    void waiting(Origin origin) {
        decision(WAITING);
        verdict(WAITING, origin);
    }

    /// A person has approved.
    void approved() {
        decision("approved");
    }

    /// The rules, or a person, refused.
    void refused(Origin origin, List<Failure> failures) {
        decision(REFUSED);
        verdict(REFUSED, origin);
        failures.forEach(this::finding);
    }

    /// The same request again, while it was in flight or waited for a person.
    void joined() {
        decision("joined");
    }

    /// The same request again, after its certificate had been issued.
    void answered() {
        decision("answered");
    }

    void quotaExhausted(Origin origin, Failure failure) {
        decision("quota-exhausted");
        verdict(REFUSED, origin);
        finding(failure);
    }

    /// The device has begun anew while quota and key claim were asked.
    void overtaken(Origin origin, Failure failure) {
        decision("overtaken");
        verdict(REFUSED, origin);
        finding(failure);
    }

    void keyGranted() {
        decision("key-granted");
    }

    /// Key claim and quota have granted it.
    void authorized(Origin origin) {
        verdict("authorized", origin);
    }

    void keyDenied(Origin origin, KeyOwnership.Denied denied) {
        decision(
                switch (denied) {
                    case KeyOwnership.Taken _ -> "key-taken";
                    case KeyOwnership.Blocked _ -> "key-blocked";
                    case KeyOwnership.NotNew _ -> "key-not-new";
                });
        verdict(REFUSED, origin);
        finding(denied.failure());
    }

    void deadLetter() {
        deadLetters.increment();
    }

    private void decision(String result) {
        registry.counter("evenroll.validator.decisions", "result", result).increment();
    }

    /// Models and policies are closed sets: they come from code and from the operator's file.
    private void verdict(String verdict, Origin origin) {
        registry.counter(
                        "evenroll.validator.verdicts",
                        "verdict",
                        verdict,
                        "model",
                        origin.model().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "policy",
                        origin.policyName())
                .increment();
    }

    /// Rule names are a closed set: they come from code, never from a request.
    private void finding(Failure failure) {
        registry.counter("evenroll.validator.findings", "rule", failure.rule()).increment();
    }
}
