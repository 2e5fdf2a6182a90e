package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.state.DeviceToken;
import dev.evenroll.schemas.state.EnrollmentState;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.schemas.state.RememberedCommand;
import dev.evenroll.schemas.state.RevokedOfDevice;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.EndedCommand;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.validation.Judge;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// The sub-topology by device: the registry, the decision, tokens and approvals, and what comes back of an
/// enrollment.
final class DeviceTopology {

    private static final String JUDGE = "judge-enrollment";
    private static final String APPLY = "apply-command";
    private static final String END_BY_KEY_CLAIM = "end-by-key-claim";
    private static final String END_BY_CA = "end-by-ca";
    private static final String REMEMBER = "remember-certificate";
    private static final String FORGET = "forget-certificate";
    private static final String AUTHORIZE = "authorize-within-quota";

    private final TopologyParts parts;
    private final Judge judge;
    private final Duration inFlightLimit;
    private final EndedCommands ended;

    /// @param inFlightLimit so long after its acceptance an enrollment in flight is lost
    DeviceTopology(TopologyParts parts, Judge judge, Duration inFlightLimit, EndedCommands ended) {
        this.parts = parts;
        this.judge = judge;
        this.inFlightLimit = inFlightLimit;
        this.ended = ended;
    }

    /// What leaves for the other sub-topologies.
    ///
    /// @param decisions accepted enrollments, by whatever led to a decision
    /// @param certified issued certificates
    record Outflow(List<KStream<String, Emission>> decisions, KStream<String, Emission> certified) {

        /// Accepted enrollments, by key.
        KStream<String, byte[]> claims() {
            return TopologyParts.repartition(
                    decisions.getFirst().merge(decisions.getLast(), Named.as(Sinks.KEY_CLAIM)),
                    "encode-key-claim",
                    "key-claim",
                    ValidatorTopology.KEY_PARTITIONS);
        }

        /// Certificates, by key.
        KStream<String, byte[]> certificates() {
            return TopologyParts.repartition(
                    certified, Sinks.KEY_CERTIFIED, "certified-key", ValidatorTopology.KEY_PARTITIONS);
        }
    }

    /// The processors that send on to other sub-topologies.
    Outflow addStreams(StreamsBuilder builder) {
        var judged =
                addStream(builder, Topics.ENROLLMENT_REQUESTED, JUDGE, EventKind.ENROLLMENT_REQUESTED, this::requests);
        var applied = addStream(builder, Topics.DEVICE_COMMANDED, APPLY, EventKind.DEVICE_COMMANDED, this::commands);
        var remembered =
                addStream(builder, Topics.CERTIFICATE_ISSUED, REMEMBER, EventKind.CERTIFICATE_ISSUED, this::issuances);
        return new Outflow(List.of(judged, applied), remembered);
    }

    private <T extends SpecificRecordBase> KStream<String, Emission> addStream(
            StreamsBuilder builder,
            Topic topic,
            String processor,
            EventKind<T> kind,
            Function<ProcessorContext<String, Emission>, EventHandler<T>> handlers) {
        return parts.stream(builder, topic, topic.aggregateEvent())
                .process(parts.processor(kind, handlers, UnaryOperator.identity()), Named.as(processor));
    }

    /// @param revocations revoked certificates, by device
    void addRevocations(KStream<String, byte[]> revocations) {
        var _ = revocations.process(
                parts.processor(EventKind.CERTIFICATE_OF_DEVICE_REVOKED, this::revocations, UnaryOperator.identity()),
                Named.as(FORGET));
    }

    /// @param grants claims that the quota of their policy has granted, by device
    void addGrants(KStream<String, byte[]> grants) {
        var _ = grants.process(
                parts.ownRecords(KeyClaimRequested.class, this::grants, UnaryOperator.identity()), Named.as(AUTHORIZE));
    }

    /// The rest: ends of enrollments, stores and ways out.
    void addRest(Topology topology) {
        parts.addProcessor(
                topology,
                Topics.ENROLLMENT_REFUSED,
                END_BY_KEY_CLAIM,
                EventKind.ENROLLMENT_REFUSED,
                context -> refusals(context)::handle,
                UnaryOperator.identity());
        parts.addProcessor(
                topology,
                Topics.ISSUANCE_REFUSED,
                END_BY_CA,
                EventKind.ISSUANCE_REFUSED,
                context -> refusals(context)::handle,
                UnaryOperator.identity());
        addStores(topology);
        addSinks(topology);
    }

    private static void addStores(Topology topology) {
        topology.addStateStore(
                TopologyParts.store(StoreNames.DEVICE_BY_ID, RegisteredDevice.class),
                JUDGE,
                APPLY,
                REMEMBER,
                AUTHORIZE);
        topology.addStateStore(TopologyParts.store(StoreNames.COMMAND_BY_DEVICE, RememberedCommand.class), APPLY);
        topology.addStateStore(
                TopologyParts.store(StoreNames.ENROLLMENT_BY_DEVICE, EnrollmentState.class),
                JUDGE,
                APPLY,
                END_BY_KEY_CLAIM,
                END_BY_CA,
                REMEMBER,
                FORGET,
                AUTHORIZE);
        topology.addStateStore(
                TopologyParts.store(StoreNames.REVOCATION_BY_DEVICE, RevokedOfDevice.class),
                JUDGE,
                APPLY,
                REMEMBER,
                FORGET);
        topology.addStateStore(
                TopologyParts.store(StoreNames.TOKEN_BY_DEVICE, DeviceToken.class), JUDGE, APPLY, REMEMBER);
        topology.addStateStore(
                TopologyParts.store(StoreNames.PENDING_BY_DEVICE, PendingEnrollment.class), JUDGE, APPLY, REMEMBER);
        topology.addStateStore(
                TopologyParts.store(StoreNames.PENDING_BY_EXPIRY, Serdes.ByteArray()), JUDGE, APPLY, REMEMBER);
    }

    private void addSinks(Topology topology) {
        var all = new String[] {JUDGE, APPLY, END_BY_KEY_CLAIM, END_BY_CA, REMEMBER, FORGET};
        var ends = new String[] {JUDGE, APPLY, END_BY_KEY_CLAIM, END_BY_CA, REMEMBER};
        var observers = new String[] {JUDGE, APPLY, END_BY_KEY_CLAIM, END_BY_CA, REMEMBER, FORGET, AUTHORIZE};
        var answerers = new String[] {JUDGE, APPLY, END_BY_KEY_CLAIM, END_BY_CA, REMEMBER, AUTHORIZE};
        parts.addSink(topology, Sinks.DEVICE_REGISTRY, Topics.DEVICE_REGISTRY, JUDGE, APPLY, REMEMBER, AUTHORIZE);
        parts.addSink(topology, Sinks.ENROLLMENT_AUTHORIZED, Topics.ENROLLMENT_AUTHORIZED, AUTHORIZE);
        parts.addSink(topology, Sinks.ENROLLMENT_REFUSED, Topics.ENROLLMENT_REFUSED, JUDGE, APPLY, AUTHORIZE);
        parts.addSink(topology, Sinks.ENROLLMENT_PENDING, Topics.ENROLLMENT_PENDING, JUDGE, APPLY);
        parts.addOutcomes(topology, Sinks.ENROLLMENT_OUTCOME, answerers);
        parts.addSink(topology, Sinks.JOB_PROGRESSED, Topics.JOB_PROGRESSED, ends);
        parts.addSink(topology, Sinks.SECURITY_OBSERVED, Topics.SECURITY_OBSERVED, observers);
        parts.addSink(topology, Sinks.DEAD_LETTER, Topics.deadLetter(Principal.CSR_VALIDATOR), all);
    }

    private EnrollmentRequestHandler requests(ProcessorContext<String, Emission> context) {
        var task = task(context);
        var decisions = decisions(task);
        return new EnrollmentRequestHandler(
                task, decisions, approvals(task, decisions), parts.events(), parts.metrics());
    }

    private DeviceCommandHandler commands(ProcessorContext<String, Emission> context) {
        var task = task(context);
        var prompt = parts.prompt().of(context);
        return new DeviceCommandHandler(
                task.devices(),
                new CommandStore(context, parts.commits()),
                parts.events(),
                List.of(
                        task.deviceTokens(),
                        new IssuedEnrollments(task.enrollments(), task.certificates()),
                        approvals(task, decisions(task))),
                command -> tell(prompt, command));
    }

    /// Nobody hears of what may yet be undone, and nobody waits longer than he has to.
    private void tell(PromptCommits.Processor prompt, EndedCommand command) {
        if (ended.applied(command.result().commandId())) {
            prompt.worked();
        }
        parts.commits().whenCommitted(() -> ended.ended(command));
    }

    private IssuanceHandler issuances(ProcessorContext<String, Emission> context) {
        return new IssuanceHandler(task(context), parts.events());
    }

    private RefusalHandler refusals(ProcessorContext<String, Emission> context) {
        return new RefusalHandler(new EnrollmentStore(context), parts.events());
    }

    private QuotaGrantHandler grants(ProcessorContext<String, Emission> context) {
        return new QuotaGrantHandler(
                new DeviceStore(context, parts.commits(), parts.events().environment()),
                new EnrollmentStore(context),
                new BlockedKeyStore(context),
                parts.events(),
                parts.metrics());
    }

    private RevocationHandler revocations(ProcessorContext<String, Emission> context) {
        return new RevocationHandler(new CertificateStore(context), new EnrollmentStore(context), parts.events());
    }

    private DeviceTask task(ProcessorContext<String, Emission> context) {
        return DeviceTask.of(context, parts.commits(), parts.events(), inFlightLimit);
    }

    private Decisions decisions(DeviceTask task) {
        return new Decisions(task, judge, parts.events(), parts.metrics());
    }

    private Approvals approvals(DeviceTask task, Decisions decisions) {
        return new Approvals(task, decisions, parts.events(), parts.metrics());
    }
}
