package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.simulation.Installation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands to the registry through the topology.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RegistryJourneyTest {

    @TempDir
    private Path state;

    private final Installation installation = new Installation();
    private ValidatorDriver validator;

    @BeforeEach
    void start() {
        validator = ValidatorDriver.start(installation, state);
    }

    @AfterEach
    void stop() {
        validator.close();
    }

    @Test
    void aRegistrationIsPublished() {
        validator.command("EVR-1", "c1", ValidatorDriver.REGISTRATION);
        assertThat(validator.registry()).singleElement().satisfies(entry -> {
            assertThat(entry.getEnvironment()).isEqualTo("test");
            assertThat(entry.getDeviceId()).isEqualTo("EVR-1");
            assertThat(entry.getDescription()).isEqualTo(DeviceRecords.toRecord(ValidatorDriver.REGISTRATION));
            assertThat(entry.getState()).isEqualTo(DeviceState.REGISTERED);
            assertThat(entry.getRevision()).isEqualTo(1);
            assertThat(entry.getRegisteredAt()).isEqualTo(installation.clock().instant());
            assertThat(entry.getLastCommand().getCommandId()).isEqualTo("c1");
            assertThat(entry.getLastCommand().getActor()).isEqualTo("alice");
            assertThat(entry.getLastCommand().getRefusals()).isEmpty();
        });
    }

    @Test
    void aRepeatedCommandIsAppliedOnce() {
        validator.command("EVR-1", "c1", ValidatorDriver.REGISTRATION);
        installation.clock().advance(Duration.ofSeconds(1));
        validator.command("EVR-1", "c1", ValidatorDriver.REGISTRATION);
        assertThat(validator.registry()).hasSize(1);
    }

    @Test
    void theResultOfEveryCommandIsPublished() {
        validator.command("EVR-1", "c1", ValidatorDriver.REGISTRATION);
        validator.command("EVR-1", "c2", ValidatorDriver.REGISTRATION);
        validator.command(
                "EVR-1",
                "c3",
                new Registration(Installation.ACME, "Wallbox", "CS-2", Installation.OWNER, "Car park 3"));
        var entries = validator.registry();
        assertThat(entries)
                .extracting(entry -> entry.getLastCommand().getCommandId())
                .containsExactly("c1", "c2", "c3");
        assertThat(entries).extracting("revision").containsExactly(1L, 1L, 1L);
        assertThat(entries.getLast().getLastCommand().getRefusals())
                .containsExactly(new Finding("registered-differently", "ocppIdentity: is registered as \"CS-1\""));
        assertThat(entries.getLast().getDescription().getOcppIdentity()).isEqualTo("CS-1");
    }
}
