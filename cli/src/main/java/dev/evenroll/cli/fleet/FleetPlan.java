package dev.evenroll.cli.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which device of a demonstration is what.
///
/// From [#SMALLEST_WITH_HOSTILE] devices on there is one hostile device of each kind, and one more of each for every
/// hundred devices. They stand behind the genuine ones, those with a copied key last: their victim must have its
/// certificate first.
public record FleetPlan(List<PlannedDevice> devices) {

    /// Fewer devices are all genuine.
    static final int SMALLEST_WITH_HOSTILE = 8;

    private static final int DEVICES_A_HOSTILE_SET = 100;

    private static final List<DeviceKind> HOSTILE =
            List.of(DeviceKind.UNREGISTERED, DeviceKind.WRONG_SERIAL, DeviceKind.WEAK_KEY, DeviceKind.COPIED_KEY);

    public FleetPlan {
        devices = List.copyOf(devices);
    }

    /// A plan.
    ///
    /// @param devices how many, at least 1
    /// @param prefix of the serial numbers, which tells one demonstration from the next
    public static FleetPlan of(int devices, String prefix) {
        if (devices < 1) {
            throw new IllegalArgumentException("devices: is " + devices + "; give at least 1");
        }
        int hostileSets = devices < SMALLEST_WITH_HOSTILE ? 0 : 1 + devices / DEVICES_A_HOSTILE_SET;
        int genuine = devices - hostileSets * HOSTILE.size();
        var planned = new ArrayList<PlannedDevice>();
        for (int i = 0; i < genuine; i++) {
            planned.add(new PlannedDevice(name(prefix, planned.size()), DeviceKind.GENUINE, Optional.empty()));
        }
        for (var kind : HOSTILE) {
            for (int i = 0; i < hostileSets; i++) {
                planned.add(new PlannedDevice(name(prefix, planned.size()), kind, victim(kind, i, planned)));
            }
        }
        return new FleetPlan(planned);
    }

    private static Optional<String> victim(DeviceKind kind, int index, List<PlannedDevice> planned) {
        return switch (kind) {
            case WRONG_SERIAL, COPIED_KEY -> Optional.of(planned.get(index).deviceId());
            case GENUINE, UNREGISTERED, WEAK_KEY -> Optional.empty();
        };
    }

    private static String name(String prefix, int index) {
        return String.format("%s-%04d", prefix, index + 1);
    }
}
