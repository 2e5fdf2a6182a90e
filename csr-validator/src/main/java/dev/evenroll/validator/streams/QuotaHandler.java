package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.QuotaUse;
import dev.evenroll.validator.enrollment.QuotaUse.Answer;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Counts the certificates of each policy that sets a quota: all of them meet in the partition of the policy's
/// name. Part of step 3 of the enrollment cycle.
///
/// Owner of the store `quota-by-policy`.
final class QuotaHandler implements EventHandler<KeyClaimRequested> {

    private final KeyValueStore<String, QuotaUse> uses;
    private final EventFactory events;
    private final Answers answers;
    private final DecisionMetrics metrics;

    QuotaHandler(ProcessorContext<?, ?> context, EventFactory events, DecisionMetrics metrics) {
        this.uses = context.getStateStore(StoreNames.QUOTA_BY_POLICY);
        this.events = events;
        this.answers = new Answers(events);
        this.metrics = metrics;
    }

    /// @param key name of the policy
    @Override
    public List<Emission> handle(String key, KeyClaimRequested claim) {
        var perHour = Objects.requireNonNull(claim.getQuotaPerHour(), "a claim without a quota came to the quota");
        return switch (dev.evenroll.validator.enrollment.QuotaUse.ask(find(key), key, perHour, events.now())) {
            case Answer.Granted(var use) -> {
                uses.put(key, new QuotaUse(use.hour(), use.used()));
                yield List.of(Emission.to(Sinks.KEY_CLAIM, keyOf(claim), claim));
            }
            case Answer.Exhausted(var failure) -> {
                metrics.quotaExhausted(Origin.of(claim), failure);
                yield Refusals.afterAcceptance(claim, failure, events, answers);
            }
        };
    }

    private dev.evenroll.validator.enrollment.@Nullable QuotaUse find(String policy) {
        var use = uses.get(policy);
        return use == null ? null : new dev.evenroll.validator.enrollment.QuotaUse(use.getHour(), use.getUsed());
    }

    private static String keyOf(KeyClaimRequested claim) {
        return Bytes.der(claim.getSubjectPublicKeyInfo()).sha256Hex();
    }
}
