package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.validator.registry.DeviceCommand.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any sequence of commands and events, with any of the commands that the entry remembers delivered again in between,
/// ends
/// as the sequence alone.
class ReplayTest {

    private static final List<String> COMMANDS = List.of(
            "register the same",
            "register differently",
            "update the same",
            "update",
            "update the owner",
            "suspend",
            "quarantine",
            "resume",
            "decommission",
            "transfer to a site",
            "transfer to an owner",
            "token",
            "approve",
            "reject");

    private static final int SEQUENCES = 2_000;
    private static final int LENGTH = 25;

    @ParameterizedTest
    @ValueSource(longs = {1, 22, 333})
    void replaysChangeNothing(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < SEQUENCES; i++) {
            replaysOfOneSequenceChangeNothing(random);
        }
    }

    private static void replaysOfOneSequenceChangeNothing(Random random) {
        DeviceLife once = new DeviceLife.Unregistered();
        DeviceLife repeatedly = once;
        var given = new ArrayList<DeviceCommand>();
        for (var step = 0; step < LENGTH; step++) {
            var now = Sample.T0.plusSeconds(step);
            if (random.nextInt(4) == 0) {
                once = event(once, step, now);
                repeatedly = event(repeatedly, step, now);
            } else {
                var command = command(random, step);
                given.add(command);
                once = once.apply(command, now);
                repeatedly = repeatedly.apply(command, now);
            }
            if (once instanceof DeviceLife.Known) {
                repeatedly = replays(random, given, repeatedly, now.plusMillis(500));
            } else {
                // Nothing can be remembered of a device that has no entry.
                given.clear();
            }
        }
        assertThat(repeatedly).isEqualTo(once);
    }

    private static DeviceLife replays(Random random, List<DeviceCommand> given, DeviceLife device, Instant now) {
        var after = device;
        var remembered = given.subList(Math.max(0, given.size() - 4), given.size());
        for (var i = random.nextInt(6); i > 0 && !remembered.isEmpty(); i--) {
            after = after.apply(remembered.get(random.nextInt(remembered.size())), now);
        }
        return after;
    }

    private static DeviceLife event(DeviceLife device, int step, Instant now) {
        if (!(device instanceof DeviceLife.Known known)) {
            return device;
        }
        return switch (step % 4) {
            case 0 -> known.certified(now, now.plusSeconds(100));
            case 1 -> known.used(now);
            case 2 -> known.quarantined("odd", now);
            default -> known.approved(now);
        };
    }

    private static DeviceCommand command(Random random, int step) {
        var expected = random.nextInt(5) == 0 ? Long.valueOf(random.nextInt(6)) : null;
        var order = new Order("c" + step, "alice", Sample.EVR_1, expected);
        return Sample.command(COMMANDS.get(random.nextInt(COMMANDS.size())), order);
    }
}
