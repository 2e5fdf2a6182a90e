package dev.evenroll.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.PolicyDecision;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stack with the real broker, and services that only say that they are ready.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackTest {

    private final RecordingListener listener = new RecordingListener();
    private Path directory;
    private LocalStack stack;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        for (var service : Service.values()) {
            FakeService.build(directory.resolve("project").resolve(service.serviceName()));
        }
        stack = stack(Map.of());
        stack.launch();
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    @Order(1)
    void stepsAreToldAndTheConnectionIsWritten() throws Exception {
        assertThat(listener.finished())
                .containsExactly(
                        "preparing keys and certificates",
                        "starting the broker",
                        "creating topics and access rules",
                        "starting the five services");
        assertThat(Connection.read(data())).isEqualTo(stack.connection());
    }

    @Test
    @Order(2)
    void theBrokerLetsAPrincipalWriteItsOwnTopicsOnly() throws Exception {
        assertThat(writes(Principal.ENROLL_GATEWAY, Topics.ENROLLMENT_REQUESTED))
                .isTrue();
        assertThat(writes(Principal.ENROLL_GATEWAY, Topics.ENROLLMENT_AUTHORIZED))
                .isFalse();
        assertThat(writes(Principal.ENROLL_GATEWAY, Topics.CERTIFICATE_PREPARED))
                .isFalse();
        assertThat(writes(Principal.AUDITOR, Topics.AUDIT_RECORDED)).isFalse();
    }

    @Test
    @Order(3)
    void whatDiesIsReportedWithItsLogAndStartedAgain() throws Exception {
        var before = stack.process(Service.ISSUER).pid();
        crash(Service.ISSUER);
        assertThat(listener.next()).isEqualTo("issuer died with 7: [crashing as asked]");
        assertThat(listener.next()).isEqualTo("issuer recovered");
        assertThat(stack.process(Service.ISSUER).pid()).isNotEqualTo(before);
    }

    @Test
    @Order(4)
    void whatIsKilledOnPurposeComesBackWhenAskedTo() throws Exception {
        stack.kill(Service.AUDIT_SINK);
        assertThatThrownBy(() -> stack.process(Service.AUDIT_SINK)).hasMessage("audit-sink does not run now.");
        stack.start(Service.AUDIT_SINK);
        assertThat(stack.process(Service.AUDIT_SINK).isAlive()).isTrue();
    }

    @Test
    @Order(5)
    void aDataDirectoryInUseIsRefused() {
        try (var second = stack(Map.of())) {
            assertThatThrownBy(second::launch)
                    .isInstanceOf(FailedStartException.class)
                    .hasMessage("The data directory " + data() + " is in use by a running stack: stop that one first,"
                            + " or name another directory with --data.");
        }
    }

    @Test
    @Order(6)
    void decisionsByPolicyAreRecordedAndDecidedAgain() throws Exception {
        write(Principal.CSR_VALIDATOR, Topics.ENROLLMENT_PENDING, waiting("CP-1", "pending"));
        write(Principal.CSR_VALIDATOR, Topics.ENROLLMENT_PENDING, waiting("CP-2", "deferred"));
        var events = directory.resolve("events.ndjson").toString();
        assertThat(evenroll("policy", "record", events, "--since", "1h", "--data", data().toString()))
                .isEqualTo("Decisions by policy of the last 1h in " + events + ": 1\n");
        var policies = Files.writeString(directory.resolve("policies.yaml"), """
                version: v2
                policies: [{ name: rollout, match: { manufacturer: acme }, decision: allow }]
                """);
        assertThat(evenroll("policy", "test", policies.toString(), "--against", events))
                .contains(" on 1 recorded decisions: 1 would end differently", "CP-1              pending -> allowed");
    }

    @Test
    @Order(7)
    void aSecondStartFindsEverythingAsItWas() throws Exception {
        var before = stack.connection();
        var topics = topics();
        stack.close();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
        stack = stack(Map.of());
        stack.launch();
        assertThat(stack.connection()).isEqualTo(before);
        assertThat(topics()).isEqualTo(topics).contains("test.enrollment.requested.v1");
        assertThat(listener.notes()).isEmpty();
    }

    private LocalStack stack(Map<Port, Integer> ports) {
        var project = new Installation(
                directory.resolve("project"), Installation.locate().code());
        return new LocalStack(
                new StackOptions(data(), null, ports, List.of(), null, Compilation.QUICK_START, Map.of()),
                project,
                LocalStack.jvmBrokers(project, Compilation.QUICK_START),
                listener,
                InstantSource.system());
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void crash(Service service) throws Exception {
        var url = URI.create(stack.connection().management().get(service.serviceName()) + "/crash");
        var connection = (HttpURLConnection) url.toURL().openConnection();
        assertThatThrownBy(connection::getResponseCode).isInstanceOf(SocketException.class);
    }

    private List<String> topics() throws Exception {
        var client = new DataDirectory(data()).kafkaClient("evenroll-provisioner");
        try (var admin = Admin.create(PropertiesFile.read(client))) {
            return admin.listTopics().names().get().stream().sorted().toList();
        }
    }

    private boolean writes(Principal principal, Topic topic) throws Exception {
        try {
            write(principal, topic, new byte[] {1});
            return true;
        } catch (ExecutionException denied) {
            assertThat(denied).hasCauseInstanceOf(AuthorizationException.class);
            return false;
        }
    }

    private void write(Principal principal, Topic topic, byte[] value) throws Exception {
        var properties = PropertiesFile.read(new DataDirectory(data()).kafkaClient(principal.principalName()));
        // An idempotent producer may learn that it gets no id before it sends: then the topic is never asked for.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name("test"), "key", value))
                    .get();
        }
    }

    /// An enrollment that waits, by the decision of a policy a minute ago.
    private static byte[] waiting(String deviceId, String decision) {
        var decidedAt = InstantSource.system().instant().minusSeconds(60);
        return Codec.of(EnrollmentPending.class)
                .encode(new EnrollmentPending(
                        "test",
                        decidedAt,
                        "enrollment",
                        deviceId,
                        "not on the list",
                        decidedAt,
                        EnrollmentModel.JUST_IN_TIME,
                        new PolicyDecision(
                                "rollout",
                                "v1@000000000000",
                                decision,
                                "acme",
                                null,
                                DeviceState.REGISTERED,
                                "10.1.2.3",
                                decidedAt,
                                false),
                        "CN=" + deviceId,
                        "10.1.2.3",
                        null,
                        null));
    }

    private static String evenroll(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Evenroll.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString();
    }
}
