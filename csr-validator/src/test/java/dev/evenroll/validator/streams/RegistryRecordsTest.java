package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.SuspendDevice;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DeviceLife.Former;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.registry.RegistryChange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written comes back as it was.
class RegistryRecordsTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final String SHA256 = "cd".repeat(32);
    private static final Registration REGISTRATION = new Registration(
            "acme",
            "Wallbox",
            "CS-1",
            "Charge Here Ltd",
            "Car park 3",
            Set.of(EnrollmentModel.FIELD, EnrollmentModel.CENTRAL_GATEWAY),
            "ab".repeat(32),
            SHA256,
            "v2g-secc");
    private static final Order ORDER = new Order("c1", "alice", new DeviceId("EVR-1"), 7L);

    static Stream<DeviceCommand> commands() {
        return Stream.of(
                new DeviceCommand.Register(ORDER, REGISTRATION),
                new DeviceCommand.Register(Order.of("c1", "alice", ORDER.deviceId()), REGISTRATION),
                new DeviceCommand.Update(ORDER, REGISTRATION),
                new DeviceCommand.Suspend(ORDER, "stolen"),
                new DeviceCommand.Quarantine(ORDER, "odd"),
                new DeviceCommand.Resume(ORDER, "found"),
                new DeviceCommand.Decommission(ORDER, "scrapped"),
                new DeviceCommand.Transfer(ORDER, "Other Ltd", "Yard"),
                new DeviceCommand.CreateToken(ORDER, SHA256, T0),
                new DeviceCommand.DecideEnrollment(ORDER, SHA256, true, "seen it"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandComesBack(DeviceCommand command) throws Exception {
        assertThat(CommandRecords.toDomain(CommandRecords.toRecord(command, "test", T0)))
                .isEqualTo(command);
    }

    static Stream<DeviceLife.Known> devices() {
        var device = (DeviceLife.Known) new DeviceLife.Unregistered()
                .apply(new DeviceCommand.Register(Order.of("c0", "alice", ORDER.deviceId()), REGISTRATION), T0);
        var entry = device.certified(T0, T0.plusSeconds(9))
                .used(T0)
                .apply(new DeviceCommand.Suspend(ORDER, "stolen"), T0)
                .entry();
        return Stream.of(
                device,
                device.tokenLocked(T0.plusSeconds(1)),
                new DeviceLife.Registered(entry),
                new DeviceLife.Enrolled(entry),
                new DeviceLife.Suspended(entry, "stolen", Former.REGISTERED),
                new DeviceLife.Suspended(entry, "stolen", Former.ENROLLED),
                new DeviceLife.Suspended(entry, "stolen", Former.QUARANTINED),
                new DeviceLife.Quarantined(entry, "odd", Former.REGISTERED),
                new DeviceLife.Quarantined(entry, "odd", Former.ENROLLED),
                new DeviceLife.Decommissioned(entry, "scrapped"));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aDeviceComesBack(DeviceLife.Known device) {
        assertThat(DeviceRecords.toDomain(DeviceRecords.toRecord(device, "test")))
                .isEqualTo(device);
    }

    @Test
    void everyChangeHasItsNameInTheRecord() {
        assertThat(Arrays.stream(dev.evenroll.schemas.event.RegistryChange.values())
                        .map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(RegistryChange.values()).map(Enum::name).toList());
    }

    @Test
    void whatANewerVersionWroteIsTrustedLeastAndNeverOverwritten() {
        var suspended = RegisteredDevice.newBuilder(
                DeviceRecords.toRecord(devices().toList().get(4), "test"));
        var record = suspended.setFormerState(DeviceState.UNKNOWN).build();
        assertThat(DeviceRecords.toDomain(record))
                .isInstanceOfSatisfying(
                        DeviceLife.Suspended.class,
                        it -> assertThat(it.former()).isEqualTo(Former.QUARANTINED));
        var ofNewerModel = DeviceDescription.newBuilder(record.getDescription())
                .setEnrollmentModels(List.of(dev.evenroll.schemas.event.EnrollmentModel.UNKNOWN))
                .build();
        var device = DeviceRecords.toDomain(suspended
                .setDescription(ofNewerModel)
                .setState(DeviceState.UNKNOWN)
                .build());
        assertThat(device).isInstanceOf(DeviceLife.Unrecognized.class);
        assertThat(device.entry().registration().enrollmentModels()).isEmpty();
        assertThatThrownBy(() -> DeviceRecords.toRecord(device, "test")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRecordThatIsNoCommandIsPutAside() {
        var suspend = DeviceCommanded.newBuilder(
                CommandRecords.toRecord(new DeviceCommand.Suspend(ORDER, "stolen"), "test", T0));
        var blank = suspend.setCommand(new SuspendDevice(" ")).build();
        assertThatThrownBy(() -> CommandRecords.toDomain(blank))
                .isInstanceOf(UnusableException.class)
                .hasMessage("The command can not be carried out: reason: holds a control character, "
                        + "or begins or ends with a space; give printable text");
        var other = suspend.setCommand("anything else").build();
        assertThatThrownBy(() -> CommandRecords.toDomain(other))
                .hasMessage("The command is of a kind that this version does not know.");
    }
}
