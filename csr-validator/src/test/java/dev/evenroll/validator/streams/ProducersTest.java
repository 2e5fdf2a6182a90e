package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.enrollment.KeyCommandLog;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import dev.evenroll.validator.simulation.TestClock;
import dev.evenroll.validator.validation.Authority;
import dev.evenroll.validator.validation.AuthorityBinding;
import dev.evenroll.validator.validation.AuthorityKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// What the administration interface writes.
class ProducersTest {

    private static final DeviceCommand COMMAND = new DeviceCommand.Register(
            DeviceCommand.Order.of("c1", "alice", new DeviceId("EVR-1")), ValidatorDriver.REGISTRATION);

    private final TestClock clock = new TestClock();

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @Test
    void aCommandIsWrittenUnderItsDevice() throws Exception {
        new CommandProducer(producer, "test", clock).append(List.of(COMMAND));
        var record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("test.device.commanded.v1");
        assertThat(record.key()).isEqualTo("EVR-1");
        var event = Codec.of(DeviceCommanded.class).decode(record.value());
        assertThat(event.getCommandId()).isEqualTo("c1");
        assertThat(event.getActor()).isEqualTo("alice");
        assertThat(event.getEnvironment()).isEqualTo("test");
        assertThat(event.getOccurredAt()).isEqualTo(clock.instant());
    }

    @Test
    void aCommandThatCanNotBeWrittenIsAFault() {
        producer.sendException = new TopicAuthorizationException("test.device.commanded.v1");
        assertThatThrownBy(() -> new CommandProducer(producer, "test", clock).append(List.of(COMMAND)))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage(
                        "The command for EVR-1 could not be written to Kafka for certain; repeat the call with the same "
                                + "Idempotency-Key, which does no harm, and see the log of csr-validator if this goes on.");
    }

    @Test
    void anOrderToBlockAKeyIsWrittenUnderTheKey() throws Exception {
        new AdministrationProducer(producer, "test", clock)
                .append(new KeyCommandLog.Block("c1", "bob", "ab".repeat(32), "published"));
        var record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("test.key.commanded.v1");
        assertThat(record.key()).isEqualTo("ab".repeat(32));
        var event = Codec.of(KeyCommanded.class).decode(record.value());
        assertThat(event.getEnvironment()).isEqualTo("test");
        assertThat(event.getCommandId()).isEqualTo("c1");
        assertThat(event.getActor()).isEqualTo("bob");
        assertThat(event.getCommand()).isEqualTo(new BlockKey("published"));
    }

    @Test
    void aRegistrationAuthorityIsWrittenAsItIsRead() throws Exception {
        var entry = new AuthorityEntry(
                new Authority(
                        "lc-1",
                        AuthorityKind.LOCAL_CONTROLLER,
                        Set.of("Yard", "Depot"),
                        Set.of(),
                        false,
                        new AuthorityBinding(Set.of("ab".repeat(32)), Set.of("cd".repeat(32)))),
                "alice",
                3,
                clock.instant());
        new AdministrationProducer(producer, "test", clock).append(entry);
        var record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("test.registration-authority.registry.v1");
        assertThat(record.key()).isEqualTo("lc-1");
        var read = AuthorityRecords.read("lc-1", record.value(), "test").orElseThrow();
        assertThat(AuthorityRecords.entry(read)).isEqualTo(entry);
    }

    @Test
    void anOrderThatCanNotBeWrittenIsAFault() {
        producer.sendException = new TopicAuthorizationException("test.key.commanded.v1");
        assertThatThrownBy(() -> new AdministrationProducer(producer, "test", clock)
                        .append(new KeyCommandLog.Block("c1", "bob", "ab", "published")))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("The order to block the key ab could not be written to Kafka for certain; repeat the call, "
                        + "which does no harm, and see the log of csr-validator if this goes on.");
    }

    @Test
    void refusedCallsAreObserved() throws Exception {
        try (var security = new SecurityProducer(producer, "test", clock, new SimpleMeterRegistry())) {
            security.unauthenticated("192.0.2.1", "GET /devices");
            security.forbidden("bob", "192.0.2.1", "PUT /devices/EVR-1");
        }
        var codec = Codec.of(SecurityObserved.class);
        var first = codec.decode(producer.history().get(0).value());
        assertThat(first.getObservation()).isEqualTo(SecurityObservation.AUTHENTICATION_FAILED);
        assertThat(first.getSubject()).isEqualTo("192.0.2.1");
        var second = codec.decode(producer.history().get(1).value());
        assertThat(second.getObservation()).isEqualTo(SecurityObservation.ADMINISTRATION_REFUSED);
        assertThat(second.getSubject()).isEqualTo("bob");
        assertThat(second.getAttributes())
                .containsEntry("call", "PUT /devices/EVR-1")
                .containsEntry("remoteAddress", "192.0.2.1");
    }

    @Test
    void aLostSecurityEventIsCounted() {
        producer.sendException = new TopicAuthorizationException("test.security.observed.v1");
        var metrics = new SimpleMeterRegistry();
        try (var security = new SecurityProducer(producer, "test", clock, metrics)) {
            security.unauthenticated("192.0.2.1", "GET /devices");
        }
        assertThat(metrics.counter("evenroll.validator.security.events.lost").count())
                .isEqualTo(1);
    }
}
