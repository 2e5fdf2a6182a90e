package dev.evenroll.validator.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A command under an idempotency key whose result has left its device's entry, and is remembered beside it: its
/// caller may still repeat it.
///
/// It stays through all lives of the device. Without a key nobody can repeat a command: those are not kept.
///
/// @param result how it ended
/// @param leftAt when it left the entry
/// @param place place in the order in which the device's commands left the entry
public record EarlierCommand(CommandResult result, Instant leftAt, long place) {

    /// So long after it has left the entry it is remembered.
    public static final Duration REMEMBERED = Duration.ofHours(24);

    /// So many of a device are remembered.
    public static final int MOST_OF_DEVICE = 100;

    public boolean isRemembered(Instant now) {
        return now.isBefore(leftAt.plus(REMEMBERED));
    }

    /// Those of a device that are kept when a further command leaves its entry, and this one, the newest first.
    public static List<EarlierCommand> with(CommandResult leaving, Collection<EarlierCommand> before, Instant now) {
        var last = before.stream().mapToLong(EarlierCommand::place).max().orElse(0);
        var kept = before.stream()
                .filter(command -> command.isRemembered(now))
                .filter(command -> !command.result().commandId().equals(leaving.commandId()))
                .sorted(Comparator.comparingLong(EarlierCommand::place).reversed());
        return Stream.concat(Stream.of(new EarlierCommand(leaving, now, last + 1)), kept)
                .limit(MOST_OF_DEVICE)
                .toList();
    }
}
