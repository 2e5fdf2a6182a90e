package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/// Counts decisions. A task that is run again after a fault counts again: for watching, not for accounting.
///
/// - `evenroll.validator.decisions{result=accepted|refused|joined|answered|key-granted|key-taken}`
/// - `evenroll.validator.findings{rule=...}`: each reason of a refusal
/// - `evenroll.validator.dead.letters`
final class DecisionMetrics {

    private static final String DECISIONS = "evenroll.validator.decisions";
    private static final String RESULT = "result";

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter refused;
    private final Counter joined;
    private final Counter answered;
    private final Counter keyGranted;
    private final Counter keyTaken;
    private final Counter deadLetters;

    DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = registry.counter(DECISIONS, RESULT, "accepted");
        this.refused = registry.counter(DECISIONS, RESULT, "refused");
        this.joined = registry.counter(DECISIONS, RESULT, "joined");
        this.answered = registry.counter(DECISIONS, RESULT, "answered");
        this.keyGranted = registry.counter(DECISIONS, RESULT, "key-granted");
        this.keyTaken = registry.counter(DECISIONS, RESULT, "key-taken");
        this.deadLetters = registry.counter("evenroll.validator.dead.letters");
    }

    /// The rules found nothing wrong.
    void accepted() {
        accepted.increment();
    }

    /// The rules, or the key claim, refused.
    void refused(List<Failure> failures) {
        refused.increment();
        // Rule names are a closed set: they come from code, never from a request.
        failures.forEach(failure -> registry.counter("evenroll.validator.findings", "rule", failure.rule())
                .increment());
    }

    /// The same request again, while it was in flight.
    void joined() {
        joined.increment();
    }

    /// The same request again, after its certificate had been issued.
    void answered() {
        answered.increment();
    }

    void keyGranted() {
        keyGranted.increment();
    }

    void keyTaken() {
        keyTaken.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }
}
