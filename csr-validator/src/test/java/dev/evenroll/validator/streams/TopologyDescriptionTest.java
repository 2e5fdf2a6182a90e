package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.simulation.Installation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds the names of nodes, stores and internal topics: data on disk and on the broker is found by them.
class TopologyDescriptionTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/evenroll/validator/streams/topology.txt");

    @Test
    void theTopologyIsTheDescribedOne() throws IOException {
        var installation = new Installation();
        var topology = ValidatorTopology.build(
                "test",
                installation.judge(),
                ValidatorDriver.IN_FLIGHT_LIMIT,
                new EndedCommands(),
                new Commits(),
                installation.clock(),
                new SimpleMeterRegistry());
        var description = topology.describe().toString();
        if (Boolean.getBoolean("evenroll.regenerate")) {
            Files.createDirectories(GOLDEN.resolveSibling("."));
            Files.writeString(GOLDEN, description);
        }
        assertThat(GOLDEN)
                .as("to write it anew: ./mvnw -pl csr-validator test -Devenroll.regenerate=true")
                .exists()
                .content()
                .isEqualTo(description);
    }
}
