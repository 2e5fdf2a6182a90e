package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegistryChange;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.simulation.Installation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a device through the topology.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DeviceLifeJourneyTest {

    @TempDir
    private Path state;

    private final Installation installation = new Installation();
    private final EndedCommands ended = new EndedCommands();
    private final Commits commits = new Commits();
    private ValidatorDriver validator;

    @BeforeEach
    void start() {
        validator = ValidatorDriver.start(installation, ended, commits, state);
        validator.command("EVR-1", "c1", ValidatorDriver.REGISTRATION);
        commits.committed();
    }

    @AfterEach
    void stop() {
        validator.close();
    }

    @Test
    void everyChangeIsPublishedOnce() {
        var suspend = new DeviceCommand.Suspend(order("c2"), "stolen");
        for (var i = 0; i < 10; i++) {
            validator.command(suspend);
        }
        validator.command(new DeviceCommand.Resume(order("c3"), "found"));
        validator.command(suspend);
        validator.command(new DeviceCommand.Transfer(order("c4"), "Other Ltd", "Yard"));
        validator.command(new DeviceCommand.Decommission(order("c5"), "scrapped"));
        var entries = validator.registry();
        assertThat(entries)
                .extracting(entry -> entry.getState() + " " + entry.getChange() + " " + entry.getRevision() + " "
                        + entry.getStateReason())
                .containsExactly(
                        DeviceState.REGISTERED + " " + RegistryChange.REGISTERED + " 1 null",
                        DeviceState.SUSPENDED + " " + RegistryChange.SUSPENDED + " 2 stolen",
                        DeviceState.REGISTERED + " " + RegistryChange.RESUMED + " 3 null",
                        DeviceState.REGISTERED + " " + RegistryChange.TRANSFERRED + " 4 null",
                        DeviceState.DECOMMISSIONED + " " + RegistryChange.DECOMMISSIONED + " 5 scrapped");
        assertThat(entries.getLast().getDescription().getOwner()).isEqualTo("Other Ltd");
        assertThat(validator.deadLetters()).isEmpty();
    }

    @Test
    void aCommandForADeviceThatIsNotThereChangesNothing() {
        validator.registry();
        validator.command(new DeviceCommand.Suspend(Order.of("c2", "alice", new DeviceId("EVR-9")), "stolen"));
        assertThat(validator.registry()).isEmpty();
        assertThat(validator.deadLetters()).isEmpty();
    }

    @Test
    void whoWaitsForACommandIsToldHowItEndedOnceThatIsCommitted() {
        var suspended = ended.expect("c2");
        var repeated = ended.expect("c1");
        validator.command(new DeviceCommand.Suspend(order("c2"), "stolen"));
        assertThat(suspended).isNotDone();
        commits.committed();
        assertThat(suspended).isCompletedWithValueMatching(command -> command.device() instanceof DeviceLife.Suspended);
        assertThat(repeated).isNotDone();
        validator.command("EVR-1", "c1", ValidatorDriver.REGISTRATION);
        commits.committed();
        assertThat(repeated)
                .as("a command that was applied before")
                .isCompletedWithValueMatching(
                        command -> command.result().commandId().equals("c1"));
        var refused = ended.expect("c3");
        validator.command(new DeviceCommand.Quarantine(order("c3"), "odd"));
        commits.committed();
        assertThat(refused)
                .isCompletedWithValueMatching(command -> !command.result().applied());
    }

    @Test
    void whatIsUndoneIsToldToNobody() {
        var suspended = ended.expect("c2");
        validator.command(new DeviceCommand.Suspend(order("c2"), "stolen"));
        commits.aborted();
        commits.committed();
        assertThat(suspended).isNotDone();
    }

    @Test
    void aCommandForADeviceThatIsNotThereHasNoEnd() {
        var waiting = ended.expect("c2");
        validator.command(new DeviceCommand.Suspend(Order.of("c2", "alice", new DeviceId("EVR-9")), "stolen"));
        commits.committed();
        assertThat(waiting).isNotDone();
    }

    private static Order order(String commandId) {
        return Order.of(commandId, "alice", new DeviceId("EVR-1"));
    }
}
