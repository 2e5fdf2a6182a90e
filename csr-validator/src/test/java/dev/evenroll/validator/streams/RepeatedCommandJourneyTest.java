package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.state.RememberedCommand;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.validator.registry.CommandId;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EndedCommand;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.RegistryChange;
import dev.evenroll.validator.simulation.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.WrittenRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command under an idempotency key is repeated long after it was given.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RepeatedCommandJourneyTest {

    private static final String EVR_1 = "EVR-1";

    @TempDir
    private Path state;

    @TempDir
    private Path stateAfterRestart;

    private final Installation installation = new Installation();
    private EndedCommands ended = new EndedCommands();
    private Commits commits = new Commits();
    private ValidatorDriver validator;

    @BeforeEach
    void start() {
        validator = ValidatorDriver.start(installation, ended, commits, state);
        validator.command(EVR_1, "c1", ValidatorDriver.REGISTRATION);
        commits.committed();
    }

    @AfterEach
    void stop() {
        validator.close();
    }

    @Test
    void theFifthOldestHasTheSameResultAndChangesNothing() {
        give(suspend("k1"));
        give(resume("k2"));
        giveOthers(4);
        validator.registry();
        var answer = give(suspend("k1"));
        assertThat(answer).get().matches(command -> isSuspension(command.result()));
        assertThat(answer).get().matches(command -> command.device() instanceof DeviceLife.Registered);
        assertThat(validator.registry()).isEmpty();
        assertThat(validator.deadLetters()).isEmpty();
    }

    @Test
    void aRefusalIsRememberedAsWell() {
        give(suspend("k1"));
        var refused = give(new DeviceCommand.Quarantine(order("k2", "quarantine"), "odd"));
        give(resume("k3"));
        giveOthers(5);
        validator.registry();
        var answer = give(new DeviceCommand.Quarantine(order("k2", "quarantine"), "odd"));
        assertThat(answer)
                .get()
                .matches(command -> !command.result().applied()
                        && command.result().equals(refused.orElseThrow().result()));
        assertThat(validator.registry()).isEmpty();
    }

    @Test
    void theKeyOfTheFifthOldestIsForNothingElse() {
        give(suspend("k1"));
        giveOthers(4);
        validator.registry();
        give(new DeviceCommand.Decommission(order("k1", "decommission"), "scrapped"));
        var entry = validator.registry().getLast();
        assertThat(entry.getLastCommand().getRefusals())
                .containsExactly(new Finding(
                        "idempotency-conflict",
                        "Idempotency-Key: was used for another command to this device; "
                                + "use a new key for each command"));
        assertThat(entry.getState()).hasToString("SUSPENDED");
        // The refusal has a place of its own: the first command is still answered like the first time.
        assertThat(give(suspend("k1"))).get().matches(command -> isSuspension(command.result()));
        var ofSomebodyElse = new DeviceCommand.Resume(
                Order.of(CommandId.of("bob", "k1", "resume"), "bob", new DeviceId(EVR_1)), "-");
        assertThat(give(ofSomebodyElse))
                .get()
                .matches(command -> command.result().applied());
    }

    @Test
    void afterADayItIsCarriedOutAgain() {
        give(suspend("k1"));
        give(resume("k2"));
        giveOthers(4);
        installation.clock().advance(Duration.ofHours(24).minusMillis(1));
        validator.registry();
        give(suspend("k1"));
        assertThat(validator.registry()).isEmpty();
        installation.clock().advance(Duration.ofMillis(1));
        give(suspend("k1"));
        assertThat(validator.registry().getLast().getState()).hasToString("SUSPENDED");
        give(resume("k3"));
        giveOthers(4);
        assertThat(remembered())
                .as("the others, and k1 and k3 of the second day")
                .isEqualTo(6);
    }

    @Test
    void aHundredAreRememberedAndTheOldestIsForgotten() {
        give(suspend("k1"));
        give(resume("k2"));
        giveOthers(102);
        assertThat(remembered()).isEqualTo(100);
        validator.registry();
        give(suspend("k1"));
        assertThat(validator.registry()).as("the hundredth beside the entry").isEmpty();
        giveOthers(1);
        assertThat(remembered()).isEqualTo(100);
        give(resume("k2"));
        validator.registry();
        give(suspend("k1"));
        assertThat(validator.registry().getLast().getState()).hasToString("SUSPENDED");
        assertThat(remembered()).isEqualTo(100);
    }

    @Test
    void itIsRememberedThroughTheLivesOfTheDevice() {
        give(suspend("k1"));
        give(new DeviceCommand.Decommission(order("k2", "decommission"), "scrapped"));
        give(new DeviceCommand.Register(order("k3", "register"), ValidatorDriver.REGISTRATION));
        giveOthers(5);
        validator.registry();
        assertThat(give(suspend("k1"))).get().matches(command -> isSuspension(command.result()));
        give(new DeviceCommand.Decommission(order("k2", "decommission"), "scrapped"));
        assertThat(validator.registry()).isEmpty();
    }

    @Test
    void itIsRememberedAfterARestart() throws Exception {
        give(suspend("k1"));
        give(resume("k2"));
        giveOthers(110);
        give(suspend("k1"));
        give(resume("k2"));
        giveOthers(4);
        restart();
        assertThat(remembered()).isEqualTo(100);
        assertThat(give(suspend("k1"))).get().matches(command -> isSuspension(command.result()));
        assertThat(validator.registry()).isEmpty();
    }

    @Test
    void aDeviceOfFourCommandsCostsNothing() {
        give(suspend("k1"));
        give(resume("k2"));
        give(suspend("k3"));
        assertThat(written(StoreNames.COMMAND_BY_DEVICE)).isEmpty();
        // What leaves the entry then is the registration, which came without a key.
        give(resume("k4"));
        assertThat(written(StoreNames.COMMAND_BY_DEVICE)).isEmpty();
        give(suspend("k5"));
        assertThat(written(StoreNames.COMMAND_BY_DEVICE)).hasSize(1);
    }

    @Test
    void theCommandsOfAnotherDeviceAreItsOwn() {
        give(suspend("k1"));
        giveOthers(4);
        validator.command("EVR-1-2", "c1", ValidatorDriver.REGISTRATION);
        for (var i = 0; i < 4; i++) {
            validator.command("EVR-1-2", "d" + i, ValidatorDriver.REGISTRATION);
        }
        validator.registry();
        validator.command(new DeviceCommand.Suspend(
                Order.of(CommandId.of("alice", "k1", "suspend"), "alice", new DeviceId("EVR-1-2")), "stolen"));
        assertThat(validator.registry().getLast().getState()).hasToString("SUSPENDED");
    }

    @Test
    void whatIsRememberedMayBeUndoneUntilItIsCommitted() throws Exception {
        for (var i = 0; i < 4; i++) {
            give(suspend("k" + i));
        }
        assertThat(look()).isZero();
        validator.command(suspend("k4"));
        assertThatThrownBy(this::look).isInstanceOf(TimeoutException.class);
        commits.committed();
        assertThat(look()).isZero();
    }

    private int look() throws Exception {
        return commits.read(StoreNames.COMMAND_BY_DEVICE, () -> 0, _ -> Set.of(0), Duration.ZERO);
    }

    /// Gives the command, and says how it ended once that is committed.
    private Optional<EndedCommand> give(DeviceCommand command) {
        var answer = ended.expect(command.commandId());
        validator.command(command);
        commits.committed();
        ended.forget(command.commandId());
        return answer.isDone() ? Optional.of(answer.join()) : Optional.empty();
    }

    private int others;

    /// Commands under further keys that ask for what is already so.
    private void giveOthers(int count) {
        for (var i = 0; i < count; i++) {
            var order = order("other " + others++, "register");
            give(new DeviceCommand.Register(order, ValidatorDriver.REGISTRATION));
        }
    }

    private static boolean isSuspension(CommandResult result) {
        return result.applied() && result.change() == RegistryChange.SUSPENDED;
    }

    private static DeviceCommand suspend(String key) {
        return new DeviceCommand.Suspend(order(key, "suspend"), "stolen");
    }

    private static DeviceCommand resume(String key) {
        return new DeviceCommand.Resume(order(key, "resume"), "found");
    }

    private static Order order(String key, String content) {
        return Order.of(CommandId.of("alice", key, content), "alice", new DeviceId(EVR_1));
    }

    private long remembered() {
        var count = 0L;
        try (var entries =
                validator.getKeyValueStore(StoreNames.COMMAND_BY_DEVICE).all()) {
            for (; entries.hasNext(); entries.next()) {
                count++;
            }
        }
        return count;
    }

    /// What has been written to the changelog of a store since the last look.
    private List<ProducerRecord<byte[], byte[]>> written(String store) {
        var topic = Principal.CSR_VALIDATOR.applicationId(ValidatorDriver.ENVIRONMENT) + "-" + store + "-changelog";
        var written = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var next = WrittenRecords.next(validator, topic);
                next != null;
                next = WrittenRecords.next(validator, topic)) {
            written.add(next);
        }
        return written;
    }

    /// The service begins again elsewhere, with what the changelogs hold.
    private void restart() throws Exception {
        var devices = written(StoreNames.DEVICE_BY_ID);
        var commands = written(StoreNames.COMMAND_BY_DEVICE);
        validator.close();
        ended = new EndedCommands();
        commits = new Commits();
        validator = ValidatorDriver.start(installation, ended, commits, stateAfterRestart);
        restore(StoreNames.DEVICE_BY_ID, devices, RegisteredDevice.class);
        restore(StoreNames.COMMAND_BY_DEVICE, commands, RememberedCommand.class);
        written(StoreNames.DEVICE_BY_ID);
        written(StoreNames.COMMAND_BY_DEVICE);
    }

    private <T extends SpecificRecordBase> void restore(
            String name, List<ProducerRecord<byte[], byte[]>> changes, Class<T> type) throws Exception {
        var store = validator.<String, T>getKeyValueStore(name);
        for (var change : changes) {
            var key = new String(change.key(), StandardCharsets.UTF_8);
            if (change.value() == null) {
                store.delete(key);
            } else {
                store.put(key, Codec.of(type).decode(change.value()));
            }
        }
    }
}
