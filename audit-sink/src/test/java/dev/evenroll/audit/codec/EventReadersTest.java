package dev.evenroll.audit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.audit.SampleEvents;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.util.List;
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

    /// Promise 3, nothing happens unaudited: the only topics without audit records are the audit log and
    /// the answers to waiting gateways, which repeat what issued and refused events say.
    @Test
    void auditSinkMayReadEveryTopicWithEventsOfItsOwn() {
        assertThat(Topics.all())
                .filteredOn(topic -> !readable().contains(topic))
                .containsExactlyInAnyOrder(Topics.AUDIT_RECORDED, Topics.ENROLLMENT_OUTCOME);
    }

    @Test
    void everyTranslationHasASample() {
        assertThat(SampleEvents.all()).extracting(SampleEvents.Sample::topic).containsAll(readable());
    }
}
