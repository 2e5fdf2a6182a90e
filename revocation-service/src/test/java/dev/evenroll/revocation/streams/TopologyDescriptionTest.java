package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.revocation.crl.UnsignedCrls;
import dev.evenroll.revocation.device.Horizon;
import dev.evenroll.revocation.device.RenewalBudget;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyDescriptionTest {

    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");

    /// What is said of a device by three ways has to meet in one partition.
    @Test
    void whatIsKeyedByDeviceHasAsManyPartitions() {
        assertThat(List.of(Topics.CERTIFICATE_USED, Topics.DEVICE_REGISTRY))
                .allMatch(topic -> topic.partitions() == RevocationTopology.DEVICE_PARTITIONS);
    }

    /// Names of stores and repartition topics are names of durable things: changing one loses state.
    @Test
    void theTopologyIsAsCommitted() throws IOException {
        var clock = new MovableClock(Instant.EPOCH);
        var authority = new TestAuthority(clock);
        var issuer = authority.issuer();
        var description = RevocationTopology.build(
                        "test",
                        new RevocationTopology.Lists(
                                Issuers.of(issuer),
                                authority.addresses(),
                                new CrlSchedule(Duration.ofHours(24)),
                                new PublishedCrls(Issuers.of(issuer), authority.addresses()),
                                new UnsignedCrls()),
                        new RevocationTopology.Succession(
                                profile -> Optional.of(Renewal.USUAL),
                                profile -> false,
                                new RenewalBudget(1, 1),
                                new Horizon()),
                        clock,
                        new SimpleMeterRegistry())
                .describe()
                .toString();

        if (Boolean.getBoolean("evenroll.regenerate")) {
            Files.writeString(GOLDEN, description);
        }
        assertThat(GOLDEN)
                .as("to write it anew: ./mvnw -pl revocation-service test -Devenroll.regenerate=true")
                .exists()
                .content()
                .isEqualTo(description);
    }
}
