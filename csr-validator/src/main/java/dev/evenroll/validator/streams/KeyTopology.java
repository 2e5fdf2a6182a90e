package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyCertified;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.QuotaUse;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/// The two sub-topologies that an accepted enrollment passes: by policy, where quotas are counted, and by key,
/// where each key is granted to one device.
final class KeyTopology {

    private static final String COUNT = "count-quota";
    private static final String CLAIM = "claim-key";
    private static final String CLAIM_WITHIN_QUOTA = "claim-key-within-quota";
    private static final String BLOCK = "apply-key-command";
    private static final String RECORD = "record-certified-key";

    private final TopologyParts parts;

    KeyTopology(TopologyParts parts) {
        this.parts = parts;
    }

    /// @param claims key claims, by key
    /// @param certificates certificates, by key
    void addKeys(KStream<String, byte[]> claims, KStream<String, byte[]> certificates) {
        var _ = claims.process(claimProcessor(), Named.as(CLAIM));
        var _ = certificates.process(
                parts.ownRecords(
                        KeyCertified.class,
                        context -> new KeyCertifiedHandler(new KeyStore(context), parts.events()),
                        Sinks::ofKeyClaim),
                Named.as(RECORD));
    }

    /// @param claims key claims under a policy with a quota, by policy
    void addQuotas(KStream<String, byte[]> claims) {
        var counted = claims.process(
                parts.ownRecords(
                        KeyClaimRequested.class,
                        context -> new QuotaHandler(context, parts.events(), parts.metrics()),
                        Sinks::ofQuota),
                Named.as(COUNT));
        var _ = TopologyParts.repartition(
                        counted,
                        Sinks.ofQuota(Sinks.KEY_CLAIM),
                        "key-claim-within-quota",
                        ValidatorTopology.KEY_PARTITIONS)
                .process(claimProcessor(), Named.as(CLAIM_WITHIN_QUOTA));
    }

    private ProcessorSupplier<String, byte[], String, Emission> claimProcessor() {
        return parts.ownRecords(
                KeyClaimRequested.class,
                context -> new KeyClaimHandler(new KeyStore(context), parts.events(), parts.metrics()),
                Sinks::ofKeyClaim);
    }

    void addRest(Topology topology) {
        parts.addProcessor(
                topology,
                Topics.KEY_COMMANDED,
                BLOCK,
                EventKind.KEY_COMMANDED,
                context -> new KeyCommandHandler(new KeyStore(context), parts.events()),
                Sinks::ofKeyClaim);
        topology.addStateStore(
                TopologyParts.store(StoreNames.KEY_CLAIM_BY_SPKI, KeyClaim.class),
                CLAIM,
                CLAIM_WITHIN_QUOTA,
                BLOCK,
                RECORD);
        topology.addStateStore(TopologyParts.store(StoreNames.QUOTA_BY_POLICY, QuotaUse.class), COUNT);

        var claims = new String[] {CLAIM, CLAIM_WITHIN_QUOTA};
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_AUTHORIZED), Topics.ENROLLMENT_AUTHORIZED, claims);
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_REFUSED), Topics.ENROLLMENT_REFUSED, claims);
        parts.addOutcomes(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_OUTCOME), claims);
        parts.addSink(
                topology,
                Sinks.ofKeyClaim(Sinks.SECURITY_OBSERVED),
                Topics.SECURITY_OBSERVED,
                CLAIM,
                CLAIM_WITHIN_QUOTA,
                BLOCK);
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.KEY_BLOCKED), Topics.KEY_BLOCKED, BLOCK);
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.DEAD_LETTER), Topics.deadLetter(Principal.CSR_VALIDATOR), BLOCK);

        parts.addSink(topology, Sinks.ofQuota(Sinks.ENROLLMENT_REFUSED), Topics.ENROLLMENT_REFUSED, COUNT);
        parts.addOutcomes(topology, Sinks.ofQuota(Sinks.ENROLLMENT_OUTCOME), COUNT);
    }
}
