package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.ceremony.CeremonyEntry;
import dev.evenroll.hsm.ceremony.CeremonyStep;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.AuthorityStep;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// What is done to CAs stands on the topic once, and what goes from the record is noticed.
class AuthorityChangesTest {

    private static final TopicPartition TOPIC =
            new TopicPartition(Topics.AUTHORITY_CHANGED.name(TestCa.ENVIRONMENT), 0);

    private final TestCa ca = TestCa.create();
    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private final CeremonyEntry made = entry("", CeremonyStep.ISSUING_CREATED);
    private final CeremonyEntry installed = entry(made.id(), CeremonyStep.CHAIN_INSTALLED);

    @Test
    void eachLineIsPublishedOnceWhicheverReplicaDoes() throws Exception {
        var one = changes();
        one.publish(List.of(made), Optional.empty());
        one.publish(List.of(made), Optional.empty());
        var other = changes();
        other.publish(List.of(made, installed), Optional.empty());
        one.publish(List.of(made, installed), Optional.empty());

        assertThat(published()).extracting(AuthorityChanged::getId).containsExactly(made.id(), installed.id());
        assertThat(published().getLast().getPrevious()).isEqualTo(made.id());
        assertThat(published().getLast().getStep()).isEqualTo(AuthorityStep.CHAIN_INSTALLED);
        assertThat(published().getLast().getOperator()).isEqualTo("anna");
    }

    @Test
    void thatACaIsActiveIsPublishedOnceForEachTime() throws Exception {
        var authority = new Authority(new AuthorityName("issuing-1"), ca.key(), ca.certificate());
        for (var from : List.of(TestCa.NOW, TestCa.NOW, TestCa.NOW.plusSeconds(60))) {
            changes().publish(List.of(), Optional.of(new AuthorityChanges.Activation(authority, from)));
        }
        assertThat(published())
                .extracting(AuthorityChanged::getStep, AuthorityChanged::getActiveFrom)
                .containsExactly(
                        Tuple.tuple(AuthorityStep.ACTIVATED, TestCa.NOW.toString()),
                        Tuple.tuple(
                                AuthorityStep.ACTIVATED,
                                TestCa.NOW.plusSeconds(60).toString()));
    }

    @Test
    void aLineThatWentIsToldOnce() throws Exception {
        changes().publish(List.of(made, installed), Optional.empty());
        var changes = changes();
        changes.publish(List.of(made), Optional.empty());
        var problem = changes.lost(List.of(made));
        assertThat(problem)
                .isEqualTo("The record of the ceremonies lacks what it had: CHAIN_INSTALLED of issuing-1 by anna ("
                        + installed.id() + "); find out who changed it, and restore it from a backup.");
        assertThat(changes.lost(List.of(made, installed))).isEmpty();

        var reports = producer();
        changes.report(problem, reports);
        changes.report(problem, reports);
        assertThat(reports.history())
                .singleElement()
                .satisfies(record -> assertThat(Records.observed(record).getObservation())
                        .isEqualTo(SecurityObservation.CEREMONY_ALTERED));
    }

    private AuthorityChanges changes() {
        return new AuthorityChanges(
                TestCa.ENVIRONMENT,
                () -> {
                    var producer = producer();
                    producers.add(producer);
                    return producer;
                },
                this::consumer,
                TestCa.CLOCK);
    }

    private static MockProducer<String, byte[]> producer() {
        return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    private List<ProducerRecord<String, byte[]>> log() {
        return producers.stream().flatMap(each -> each.history().stream()).toList();
    }

    private List<AuthorityChanged> published() throws Exception {
        var published = new ArrayList<AuthorityChanged>();
        for (var record : log()) {
            published.add(Records.decoded(AuthorityChanged.class, record));
        }
        return published;
    }

    private Consumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var log = log();
        consumer.updateBeginningOffsets(Map.of(TOPIC, 0L));
        consumer.updateEndOffsets(Map.of(TOPIC, (long) log.size()));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < log.size(); offset++) {
                consumer.addRecord(new ConsumerRecord<>(
                        TOPIC.topic(),
                        0,
                        offset,
                        log.get(offset).key(),
                        log.get(offset).value()));
            }
        });
        return consumer;
    }

    private static CeremonyEntry entry(String previous, CeremonyStep step) {
        return new CeremonyEntry(
                previous,
                "2026-11-22T10:00:00Z",
                step,
                "test",
                "anna",
                "issuing-1",
                "CN=CA",
                "ab",
                "",
                "",
                "",
                "",
                "key in a file",
                "");
    }
}
