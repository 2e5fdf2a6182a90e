package dev.evenroll.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakePipeline;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.pki.path.AuthorityDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorWatchTest {

    private final TestTrust trust = new TestTrust();
    private final FakePipeline pipeline = new FakePipeline(1);

    @TempDir
    Path directory;

    @TempDir
    Path ca;

    @Test
    void aChangeCountsAndOneThatCanNotBeUsedIsToldOnce() throws Exception {
        var anchors = AnchorDirectory.open(directory);
        try (var watch = new AnchorWatch(Map.of("evenroll.trust.manufacturers", anchors), authorities(), pipeline)) {
            Files.writeString(directory.resolve("voltmaker.pem"), Pem.encode(trust.manufacturer.certificate()));
            watch.look();
            assertThat(anchors.current().names()).containsExactly("voltmaker");

            Files.writeString(directory.resolve("broken.pem"), "no certificate");
            watch.look();
            watch.look();

            assertThat(anchors.current().names()).containsExactly("voltmaker");
            assertThat(pipeline.observations).singleElement().satisfies(observation -> {
                assertThat(observation.kind()).isEqualTo(Observation.Kind.CONFIGURATION_UNUSABLE);
                assertThat(observation.subject()).isEqualTo("evenroll.trust.manufacturers");
                assertThat(observation.message())
                        .startsWith("The changed trust anchors can not be used; those before them stay in force: ")
                        .contains("broken.pem");
            });
        }
    }

    @Test
    void aCaThatComesIsInForce() throws Exception {
        var authorities = authorities();
        try (var watch = new AnchorWatch(Map.of(), authorities, pipeline)) {
            Files.writeString(ca.resolve("chains/issuing-2.pem"), Pem.encode(trust.root.chain()));
            watch.look();
            assertThat(authorities.current().byName()).hasSize(2);

            Files.writeString(ca.resolve("chains/issuing-3.pem"), "no certificate");
            watch.look();
            assertThat(authorities.current().byName()).hasSize(2);
            assertThat(pipeline.observations)
                    .singleElement()
                    .satisfies(observation -> assertThat(observation.subject()).isEqualTo("evenroll.ca.directory"));
        }
    }

    private AuthorityDirectory authorities() throws IOException {
        Files.createDirectories(ca.resolve("chains"));
        Files.writeString(ca.resolve("chains/issuing-1.pem"), Pem.encode(trust.issuing.chain()));
        return AuthorityDirectory.open(ca);
    }

    @Test
    void itLooksByItself() throws Exception {
        var anchors = AnchorDirectory.open(directory);
        try (var watch = new AnchorWatch(Map.of("evenroll.trust.manufacturers", anchors), authorities(), pipeline)) {
            watch.start();
            assertThat(watch.alive()).isTrue();
            Files.writeString(directory.resolve("voltmaker.pem"), Pem.encode(trust.manufacturer.certificate()));

            var until = System.nanoTime() + 20_000_000_000L;
            while (anchors.current().isEmpty() && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(anchors.current().names()).containsExactly("voltmaker");
        }
    }
}
