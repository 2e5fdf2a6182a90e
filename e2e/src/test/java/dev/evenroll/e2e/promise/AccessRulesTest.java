package dev.evenroll.e2e.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every principal's real credentials against every topic of the real broker. A permitted write is not made:
/// it would put rubbish on the topic; that it is possible is what every other test shows.
@ExtendWith(WithStack.class)
class AccessRulesTest {

    @ParameterizedTest
    @EnumSource(Principal.class)
    void theBrokerDeniesWritingToAllButTheTablesWriters(Principal principal, RunningStack stack) throws Exception {
        var forbidden = topics(topic -> !topic.writers().contains(principal));
        try (var producer = new KafkaProducer<byte[], byte[]>(producerSettings(principal, stack))) {
            for (var name : forbidden) {
                assertThat(denied(producer, name))
                        .as("%s writes %s", principal, name)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Principal.class)
    void theBrokerDeniesReadingToAllButTheTablesReaders(Principal principal, RunningStack stack) throws Exception {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(consumerSettings(principal, stack))) {
            for (var topic : Topics.all()) {
                assertThat(readable(consumer, topic))
                        .as("%s reads %s", principal, topic.aggregateEvent())
                        .isEqualTo(topic.readers().contains(principal));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Principal.class,
            names = {"ENROLL_GATEWAY", "ISSUER", "AUDIT_SINK", "AUDITOR"})
    void theBrokerDeniesTheInternalTopicsOfAnotherService(Principal principal, RunningStack stack) throws Exception {
        var internal = stack.topics().names().stream()
                .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
                .toList();
        assertThat(internal).isNotEmpty();
        try (var producer = new KafkaProducer<byte[], byte[]>(producerSettings(principal, stack))) {
            for (var name : internal) {
                assertThat(denied(producer, name))
                        .as("%s writes %s", principal, name)
                        .isTrue();
            }
        }
    }

    private static List<String> topics(Predicate<Topic> selected) {
        return Topics.all().stream()
                .filter(selected)
                .map(topic -> topic.name("test"))
                .toList();
    }

    private static boolean denied(KafkaProducer<byte[], byte[]> producer, String topic) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(topic, 0, null, "intruder".getBytes(StandardCharsets.UTF_8)))
                    .get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException;
        } catch (AuthorizationException e) {
            return true;
        }
    }

    private static boolean readable(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        var partition = new TopicPartition(topic.name("test"), 0);
        consumer.assign(Set.of(partition));
        consumer.seek(partition, 0);
        try {
            // The broker answers an unauthorized fetch with an error, an empty topic with nothing.
            var before = fetches(consumer);
            while (fetches(consumer) < before + 2) {
                consumer.poll(Duration.ofMillis(10));
            }
            return true;
        } catch (AuthorizationException e) {
            return false;
        }
    }

    private static Properties consumerSettings(Principal principal, RunningStack stack) throws IOException {
        var settings = client(principal, stack);
        settings.setProperty("fetch.max.wait.ms", "10");
        settings.setProperty("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.setProperty("value.deserializer", ByteArrayDeserializer.class.getName());
        return settings;
    }

    private static double fetches(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("fetch-total"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .max()
                .orElse(0);
    }

    private static Properties producerSettings(Principal principal, RunningStack stack) throws IOException {
        var settings = client(principal, stack);
        settings.setProperty("key.serializer", ByteArraySerializer.class.getName());
        settings.setProperty("value.serializer", ByteArraySerializer.class.getName());
        settings.setProperty("max.block.ms", "10000");
        settings.setProperty("enable.idempotence", "false");
        return settings;
    }

    private static Properties client(Principal principal, RunningStack stack) throws IOException {
        var settings = new Properties();
        var file = stack.data().resolve("kafka").resolve(principal.principalName() + ".properties");
        try (var reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }
}
