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

/// The two sub-topologies that an accepted enrollment passes: by key, where each key is granted to one device, and by
/// policy, where quotas are counted.
final class KeyTopology {

    private static final String COUNT = "count-quota";
    private static final String CLAIM = "claim-key";
    private static final String BLOCK = "apply-key-command";
    private static final String RECORD = "record-certified-key";

    private final TopologyParts parts;

    KeyTopology(TopologyParts parts) {
        this.parts = parts;
    }

    /// Adds the claims of keys, and the lists of their certificates.
    ///
    /// @param claims key claims, by key
    /// @param certificates certificates, by key
    /// @return claims that are granted, among them those under a policy with a quota
    KStream<String, Emission> addKeys(KStream<String, byte[]> claims, KStream<String, byte[]> certificates) {
        var _ = certificates.process(
                parts.ownRecords(
                        KeyCertified.class,
                        context -> new KeyCertifiedHandler(new KeyStore(context, parts.commits()), parts.events()),
                        Sinks::ofKeyClaim),
                Named.as(RECORD));
        return claims.process(
                parts.ownRecords(
                        KeyClaimRequested.class,
                        context -> new KeyClaimHandler(
                                new KeyStore(context, parts.commits()), parts.events(), parts.metrics()),
                        Sinks::ofKeyClaim),
                Named.as(CLAIM));
    }

    /// Adds the quotas of policies.
    ///
    /// @param granted what [#addKeys] has returned
    /// @return claims that the quota has granted, too, by device
    KStream<String, byte[]> addQuotas(KStream<String, Emission> granted) {
        var counted = TopologyParts.repartition(
                        granted, Sinks.ofKeyClaim(Sinks.QUOTA), "quota-claim", ValidatorTopology.POLICY_PARTITIONS)
                .process(
                        parts.ownRecords(
                                KeyClaimRequested.class,
                                context -> new QuotaHandler(context, parts.events(), parts.metrics()),
                                Sinks::ofQuota),
                        Named.as(COUNT));
        return TopologyParts.repartition(
                counted, Sinks.ofQuota(Sinks.QUOTA_GRANTED), "quota-grant", ValidatorTopology.DEVICE_PARTITIONS);
    }

    void addRest(Topology topology) {
        parts.addProcessor(
                topology,
                Topics.KEY_COMMANDED,
                BLOCK,
                EventKind.KEY_COMMANDED,
                context -> new KeyCommandHandler(new KeyStore(context, parts.commits()), parts.events()),
                Sinks::ofKeyClaim);
        topology.addStateStore(TopologyParts.store(StoreNames.KEY_CLAIM_BY_SPKI, KeyClaim.class), CLAIM, BLOCK, RECORD);
        topology.addStateStore(TopologyParts.store(StoreNames.QUOTA_BY_POLICY, QuotaUse.class), COUNT);

        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_AUTHORIZED), Topics.ENROLLMENT_AUTHORIZED, CLAIM);
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_REFUSED), Topics.ENROLLMENT_REFUSED, CLAIM);
        parts.addOutcomes(topology, Sinks.ofKeyClaim(Sinks.ENROLLMENT_OUTCOME), CLAIM);
        parts.addSink(
                topology, Sinks.ofKeyClaim(Sinks.SECURITY_OBSERVED), Topics.SECURITY_OBSERVED, CLAIM, BLOCK, RECORD);
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.KEY_BLOCKED), Topics.KEY_BLOCKED, BLOCK);
        parts.addSink(topology, Sinks.ofKeyClaim(Sinks.DEAD_LETTER), Topics.deadLetter(Principal.CSR_VALIDATOR), BLOCK);

        parts.addSink(topology, Sinks.ofQuota(Sinks.ENROLLMENT_REFUSED), Topics.ENROLLMENT_REFUSED, COUNT);
        parts.addOutcomes(topology, Sinks.ofQuota(Sinks.ENROLLMENT_OUTCOME), COUNT);
    }
}
