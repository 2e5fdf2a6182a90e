package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.QuotaUse;
import dev.evenroll.validator.enrollment.QuotaUse.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Counts the certificates of each policy that sets a quota: all of them meet in the partition of the policy's
/// name, after their keys have been claimed. Part of step 3 of the enrollment cycle.
///
/// An enrollment counts once in an hour: asked for again, because the CA has refused it or was silent, it is granted
/// again.
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
        var counted = find(KeyWithinDevice.of(key, claim.getEnrollmentId()));
        if (counted != null && counted.isCurrent(events.now())) {
            return granted(claim);
        }
        return switch (dev.evenroll.validator.enrollment.QuotaUse.ask(find(key), key, perHour, events.now())) {
            case Answer.Granted(var use) -> {
                count(key, claim.getEnrollmentId(), use);
                yield granted(claim);
            }
            case Answer.Exhausted(var failure) -> {
                metrics.quotaExhausted(Origin.of(claim), failure);
                yield Refusals.afterAcceptance(claim, failure, events, answers);
            }
        };
    }

    private static List<Emission> granted(KeyClaimRequested claim) {
        return List.of(Emission.to(Sinks.QUOTA_GRANTED, claim.getDeviceId(), claim));
    }

    private void count(String policy, String enrollmentId, dev.evenroll.validator.enrollment.QuotaUse use) {
        var before = uses.get(policy);
        if (before != null && !before.getHour().equals(use.hour())) {
            forgetCounted(policy);
        }
        uses.put(policy, new QuotaUse(use.hour(), use.used()));
        uses.put(KeyWithinDevice.of(policy, enrollmentId), new QuotaUse(use.hour(), 1));
    }

    /// The enrollments of the hour before: no more than its quota.
    private void forgetCounted(String policy) {
        var counted = new ArrayList<String>();
        try (var entries = uses.prefixScan(KeyWithinDevice.prefix(policy), new StringSerializer())) {
            entries.forEachRemaining(entry -> counted.add(entry.key));
        }
        counted.forEach(uses::delete);
    }

    private dev.evenroll.validator.enrollment.@Nullable QuotaUse find(String key) {
        var use = uses.get(key);
        return use == null ? null : new dev.evenroll.validator.enrollment.QuotaUse(use.getHour(), use.getUsed());
    }
}
