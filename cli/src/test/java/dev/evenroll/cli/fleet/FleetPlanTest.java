package dev.evenroll.cli.fleet;

import static dev.evenroll.cli.fleet.DeviceKind.COPIED_KEY;
import static dev.evenroll.cli.fleet.DeviceKind.GENUINE;
import static dev.evenroll.cli.fleet.DeviceKind.UNREGISTERED;
import static dev.evenroll.cli.fleet.DeviceKind.WEAK_KEY;
import static dev.evenroll.cli.fleet.DeviceKind.WRONG_SERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FleetPlanTest {

    @Test
    void eightDevicesHaveAHostileOneOfEachKind() {
        assertThat(FleetPlan.of(8, "P").devices())
                .containsExactly(
                        new PlannedDevice("P-0001", GENUINE, Optional.empty()),
                        new PlannedDevice("P-0002", GENUINE, Optional.empty()),
                        new PlannedDevice("P-0003", GENUINE, Optional.empty()),
                        new PlannedDevice("P-0004", GENUINE, Optional.empty()),
                        new PlannedDevice("P-0005", UNREGISTERED, Optional.empty()),
                        new PlannedDevice("P-0006", WRONG_SERIAL, Optional.of("P-0001")),
                        new PlannedDevice("P-0007", WEAK_KEY, Optional.empty()),
                        new PlannedDevice("P-0008", COPIED_KEY, Optional.of("P-0001")));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "7, 7, 0", "8, 4, 1", "50, 46, 1", "99, 95, 1", "100, 92, 2", "10000, 9596, 101"})
    void hostileDevicesGrowWithTheFleet(int devices, int genuine, int ofEachHostileKind) {
        var plan = FleetPlan.of(devices, "P");
        assertThat(plan.devices()).hasSize(devices);
        assertThat(plan.devices())
                .filteredOn(device -> device.kind() == GENUINE)
                .hasSize(genuine);
        for (var kind : DeviceKind.values()) {
            if (kind != GENUINE) {
                assertThat(plan.devices())
                        .filteredOn(device -> device.kind() == kind)
                        .hasSize(ofEachHostileKind);
            }
        }
        assertThat(plan.devices()).extracting(PlannedDevice::deviceId).doesNotHaveDuplicates();
    }

    @Test
    void noDevicesAreNoPlan() {
        assertThatThrownBy(() -> FleetPlan.of(0, "P")).hasMessage("devices: is 0; give at least 1");
    }
}
