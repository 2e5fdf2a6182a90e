package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.simulation.Installation;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record in another partition than its key's meets stores that do not know its device: nobody may choose that.
class PlacementTest {

    private static final Placement TWELVE = new Placement(12);

    @TempDir
    private Path state = Path.of("");

    private final Installation installation = new Installation();

    @Test
    void aRequestInAnotherPartitionThanItsDevicesIsPutAside() {
        try (var validator = ValidatorDriver.start(installation, TWELVE, state)) {
            var elsewhere = idOf(false);
            validator.request(installation.device(elsewhere).submits(), 0);

            assertThat(validator.observations()).singleElement().satisfies(seen -> {
                assertThat(seen.getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD);
                assertThat(seen.getMessage()).contains("does not stand in the partition of its device");
            });
            assertThat(validator.answers()).isEmpty();
        }
    }

    @Test
    void aRequestInItsDevicesPartitionIsJudged() {
        try (var validator = ValidatorDriver.start(installation, TWELVE, state)) {
            var here = idOf(true);
            validator.register(here);
            validator.request(installation.device(here).submits(), 0);
            assertThat(validator.authorizations()).hasSize(1);
        }
    }

    @Test
    void everyTopicThatIsReadByKeyHasThatManyPartitions() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.readers().contains(Principal.CSR_VALIDATOR))
                .filteredOn(topic -> !topic.equals(Topics.REGISTRATION_AUTHORITY_REGISTRY))
                .extracting(Topic::partitions)
                .containsOnly(Topics.ENROLLMENT_REQUESTED.partitions());
    }

    private static String idOf(boolean first) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "EVR-" + number)
                .filter(id -> TWELVE.allows(id, 0) == first)
                .findFirst()
                .orElseThrow();
    }
}
