package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.KeyBlocked;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.validation.Submission;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.WrittenRecords;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// The topology without a broker, spoken to in events.
final class ValidatorDriver extends TopologyTestDriver {

    static final String ENVIRONMENT = "test";
    static final Registration REGISTRATION =
            new Registration(Installation.ACME, "Wallbox", "CS-1", Installation.OWNER, "Car park 3");

    static final Duration IN_FLIGHT_LIMIT = Duration.ofDays(1);

    private static final Placement ONE_PARTITION = new Placement(1);

    /// An outcome and the partition that it was written to.
    record Answer(int partition, EnrollmentOutcome outcome) {}

    private final Installation installation;
    private final MeterRegistry metrics;

    private ValidatorDriver(
            Installation installation,
            EndedCommands ended,
            Commits commits,
            MeterRegistry metrics,
            Placement placement,
            Path stateDirectory) {
        super(
                ValidatorTopology.build(
                        ENVIRONMENT,
                        installation.judge(),
                        IN_FLIGHT_LIMIT,
                        ended,
                        commits,
                        installation.clock(),
                        metrics,
                        placement),
                properties(stateDirectory));
        this.installation = installation;
        this.metrics = metrics;
    }

    static ValidatorDriver start(Installation installation, Path stateDirectory) {
        return start(installation, new EndedCommands(), new Commits(), stateDirectory);
    }

    /// @param commits hears of no commit but from the test
    static ValidatorDriver start(Installation installation, EndedCommands ended, Commits commits, Path stateDirectory) {
        return new ValidatorDriver(
                installation, ended, commits, new SimpleMeterRegistry(), ONE_PARTITION, stateDirectory);
    }

    /// With topics of many partitions, of which only the first is there.
    static ValidatorDriver start(Installation installation, Placement placement, Path stateDirectory) {
        return new ValidatorDriver(
                installation, new EndedCommands(), new Commits(), new SimpleMeterRegistry(), placement, stateDirectory);
    }

    private static Properties properties(Path stateDirectory) {
        var properties = new Properties();
        properties.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, Principal.CSR_VALIDATOR.applicationId(ENVIRONMENT));
        properties.setProperty(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.setProperty(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        return properties;
    }

    double count(String meter, String... tags) {
        return metrics.counter(meter, tags).count();
    }

    void register(String deviceId) {
        command(deviceId, UUID.randomUUID().toString(), REGISTRATION);
    }

    void command(String deviceId, String commandId, Registration registration) {
        command(new DeviceCommand.Register(
                DeviceCommand.Order.of(commandId, "alice", new DeviceId(deviceId)), registration));
    }

    void command(DeviceCommand command) {
        var event = CommandRecords.toRecord(
                command, ENVIRONMENT, installation.clock().instant());
        pipe(Topics.DEVICE_COMMANDED, event.getDeviceId(), event);
    }

    void request(Submission submission, int replyPartition) {
        pipe(Topics.ENROLLMENT_REQUESTED, submission.deviceId(), requested(submission, replyPartition, ENVIRONMENT));
    }

    /// A line of a bulk job, which no gateway waits for.
    void request(Submission submission, JobLine line) {
        pipe(
                Topics.ENROLLMENT_REQUESTED,
                submission.deviceId(),
                EnrollmentRequested.newBuilder(requested(submission, -1, ENVIRONMENT))
                        .setJobLine(line)
                        .build());
    }

    EnrollmentRequested requested(Submission submission, int replyPartition, String environment) {
        return EnrollmentRequested.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(installation.clock().instant())
                .setEnrollmentId(submission.enrollmentId())
                .setDeviceId(submission.deviceId())
                .setOperation(EnrollmentOperation.valueOf(submission.operation().name()))
                .setCertificationRequest(
                        ByteBuffer.wrap(submission.certificationRequest().bytes()))
                .setRequesterChain(submission.requesterChain().stream()
                        .map(certificate -> ByteBuffer.wrap(certificate.bytes()))
                        .toList())
                .setRemoteAddress("192.0.2.1")
                .setReplyPartition(replyPartition)
                .setTokenSha256(submission.tokenSha256())
                .build();
    }

    /// What the issuer does with an authorization; its own outcome is not part of this topology.
    CertificateIssued issue(EnrollmentAuthorized authorized) {
        var issued = issued(authorized);
        pipe(Topics.CERTIFICATE_ISSUED, issued.getDeviceId(), issued);
        return issued;
    }

    CertificateIssued issued(EnrollmentAuthorized authorized) {
        var certificate = installation.issue(
                authorized.getDeviceId(),
                authorized.getOrganization(),
                Bytes.der(authorized.getSubjectPublicKeyInfo()));
        return CertificateIssued.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setOccurredAt(installation.clock().instant())
                .setEnrollmentId(authorized.getEnrollmentId())
                .setDeviceId(authorized.getDeviceId())
                .setProfile(authorized.getProfile())
                .setIssuerKeyId("ab")
                .setSerialNumber("cd")
                .setNotBefore(certificate.getNotBefore().toInstant())
                .setNotAfter(certificate.getNotAfter().toInstant())
                .setCertificate(ByteBuffer.wrap(Certificates.der(certificate).bytes()))
                .setReplyPartition(authorized.getReplyPartition())
                .setAcceptance(authorized.getAcceptance())
                .build();
    }

    static X509Certificate certificate(CertificateIssued issued) {
        try {
            return Certificates.decode(Bytes.der(issued.getCertificate()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    void revoke(X509Certificate certificate) {
        var revoked = revoked(certificate);
        pipe(Topics.CERTIFICATE_REVOKED, revoked.getCertificateId(), revoked);
    }

    /// Puts a certificate on hold, or releases it.
    void withdraw(X509Certificate certificate, RevocationReason reason) {
        var event = CertificateRevoked.newBuilder(revoked(certificate))
                .setReason(reason)
                .build();
        pipe(Topics.CERTIFICATE_REVOKED, event.getCertificateId(), event);
    }

    CertificateRevoked revoked(X509Certificate certificate) {
        return CertificateRevoked.newBuilder()
                .setEnvironment(ENVIRONMENT)
                .setOccurredAt(installation.clock().instant())
                .setCertificateId(CertificateId.of(certificate).value())
                .setDeviceId(SubjectAttribute.only(SubjectAttribute.of(certificate), SubjectAttribute.COMMON_NAME)
                        .orElseThrow())
                .setReason(RevocationReason.KEY_COMPROMISE)
                .setActor("bob")
                .setNotAfter(certificate.getNotAfter().toInstant())
                .build();
    }

    void refuseIssuance(EnrollmentAuthorized authorized) {
        pipe(
                Topics.ISSUANCE_REFUSED,
                authorized.getDeviceId(),
                IssuanceRefused.newBuilder()
                        .setEnvironment(ENVIRONMENT)
                        .setOccurredAt(installation.clock().instant())
                        .setEnrollmentId(authorized.getEnrollmentId())
                        .setDeviceId(authorized.getDeviceId())
                        .setFindings(List.of(new dev.evenroll.schemas.event.Finding("lint", "the CA says no")))
                        .setReplyPartition(authorized.getReplyPartition())
                        .setAcceptance(authorized.getAcceptance())
                        .build());
    }

    @SuppressWarnings("unchecked") // the codec is that of the record's own class
    <T extends SpecificRecordBase> void pipe(Topic topic, @Nullable String key, T event) {
        pipe(topic, key, Codec.of((Class<T>) event.getClass()).encode(event));
    }

    void pipe(Topic topic, @Nullable String key, byte @Nullable [] value) {
        createInputTopic(topic.name(ENVIRONMENT), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, installation.clock().instant()));
    }

    List<EnrollmentAuthorized> authorizations() {
        return read(Topics.ENROLLMENT_AUTHORIZED, EnrollmentAuthorized.class);
    }

    List<EnrollmentRefused> refusals() {
        return read(Topics.ENROLLMENT_REFUSED, EnrollmentRefused.class);
    }

    List<EnrollmentPending> pending() {
        return read(Topics.ENROLLMENT_PENDING, EnrollmentPending.class);
    }

    List<KeyBlocked> blockedKeys() {
        return read(Topics.KEY_BLOCKED, KeyBlocked.class);
    }

    List<JobProgressed> jobs() {
        return read(Topics.JOB_PROGRESSED, JobProgressed.class);
    }

    List<RegisteredDevice> registry() {
        return read(Topics.DEVICE_REGISTRY, RegisteredDevice.class);
    }

    List<SecurityObserved> observations() {
        return read(Topics.SECURITY_OBSERVED, SecurityObserved.class);
    }

    List<DeadLetter> deadLetters() {
        return read(Topics.deadLetter(Principal.CSR_VALIDATOR), DeadLetter.class);
    }

    List<Answer> answers() {
        return read(Topics.ENROLLMENT_OUTCOME, EnrollmentOutcome.class, Answer::new);
    }

    private <T extends SpecificRecordBase> List<T> read(Topic topic, Class<T> type) {
        return read(topic, type, (partition, event) -> event);
    }

    /// Everything that has been written to the topic since it was last read.
    private <T extends SpecificRecordBase, R> List<R> read(
            Topic topic, Class<T> type, BiFunction<Integer, T, R> result) {
        var results = new ArrayList<R>();
        var codec = Codec.of(type);
        var name = topic.name(ENVIRONMENT);
        for (var next = WrittenRecords.next(this, name); next != null; next = WrittenRecords.next(this, name)) {
            results.add(result.apply(
                    Objects.requireNonNullElse(next.partition(), Emission.BY_KEY), decode(codec, next.value())));
        }
        return results;
    }

    private static <T extends SpecificRecordBase> T decode(Codec<T> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
