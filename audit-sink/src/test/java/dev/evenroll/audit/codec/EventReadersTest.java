package dev.evenroll.audit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.audit.SampleEvents;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RegistryChange;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class EventReadersTest {

    private static List<Topic> readable() {
        return Topics.all().stream()
                .filter(topic -> topic.readers().contains(Principal.AUDIT_SINK))
                .toList();
    }

    @Test
    void everyTopicThatAuditSinkMayReadHasATranslation() {
        assertThat(EventReaders.all())
                .extracting(EventReader::topic)
                .as("add a translation to EventReaders for each topic of the table that audit-sink reads")
                .containsExactlyInAnyOrderElementsOf(readable());
    }

    /// Promise 3, nothing happens unaudited: the only topics without audit records are the audit log, the
    /// answers to waiting gateways, which repeat what issued and refused events say, and sightings of certificates:
    /// what is new in those stands on certificate.status.
    @Test
    void auditSinkMayReadEveryTopicWithEventsOfItsOwn() {
        assertThat(Topics.all())
                .filteredOn(topic -> !readable().contains(topic))
                .containsExactlyInAnyOrder(Topics.AUDIT_RECORDED, Topics.ENROLLMENT_OUTCOME, Topics.CERTIFICATE_USED);
    }

    @Test
    void everyTranslationHasASample() {
        assertThat(SampleEvents.all()).extracting(SampleEvents.Sample::topic).containsAll(readable());
    }

    /// What the schema lets stand in a field of many types is translated, each type in words of its own.
    @Test
    void everyOrderAndEveryStepHasASample() {
        assertSampled(DeviceCommanded.getClassSchema(), "command");
        assertSampled(KeyCommanded.getClassSchema(), "command");
        assertSampled(JobProgressed.getClassSchema(), "step");
    }

    private static void assertSampled(Schema record, String union) {
        assertThat(samples(record).map(event -> ((SpecificRecordBase) event.get(union)).getSchema()))
                .as(record.getName() + "." + union)
                .containsAll(record.getField(union).schema().getTypes());
    }

    @Test
    void everyChangeOfTheRegistryAndEveryObservationHasASample() {
        assertThat(samples(RegisteredDevice.getClassSchema()).map(event -> event.get("change")))
                .contains((Object[]) RegistryChange.values());
        assertThat(samples(SecurityObserved.getClassSchema()).map(event -> event.get("observation")))
                .contains(
                        SecurityObservation.TOKEN_REFUSED,
                        SecurityObservation.TOKEN_LOCKED,
                        SecurityObservation.BLOCKED_KEY_PRESENTED,
                        SecurityObservation.FOREIGN_DEVICE_REQUESTED,
                        SecurityObservation.RATE_LIMITED,
                        SecurityObservation.CONFIGURATION_UNUSABLE);
    }

    private static Stream<SpecificRecordBase> samples(Schema record) {
        return SampleEvents.all().stream()
                .map(SampleEvents.Sample::event)
                .filter(event -> event.getSchema().equals(record));
    }
}
