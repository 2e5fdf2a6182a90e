package dev.evenroll.cli.command;

import dev.evenroll.cli.administration.DeviceSelection;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say which devices are meant.
final class DeviceFilter {

    /// The states that a device may be in.
    enum State {
        REGISTERED,
        ENROLLED,
        SUSPENDED,
        QUARANTINED,
        DECOMMISSIONED
    }

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: registered, enrolled, suspended, quarantined or decommissioned.")
    private @Nullable State state;

    @Option(names = "--site", paramLabel = "SITE", description = "Only those on this site.")
    private @Nullable String site;

    @Option(names = "--manufacturer", paramLabel = "NAME", description = "Only those of this manufacturer.")
    private @Nullable String manufacturer;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only those of this model.")
    private @Nullable String model;

    @Option(names = "--profile", paramLabel = "NAME", description = "Only those of this certificate profile.")
    private @Nullable String profile;

    @Option(
            names = "--expiring-before",
            paramLabel = "TIME",
            converter = InstantArgument.class,
            description = "Only those whose certificate ends before: 2027-01-31, an instant, or 30d from now.")
    private @Nullable Instant expiringBefore;

    DeviceSelection selection(Optional<String> after, int limit) {
        return new DeviceSelection(
                Optional.ofNullable(state).map(asked -> asked.name().toLowerCase(Locale.ROOT)),
                Optional.ofNullable(site),
                Optional.ofNullable(manufacturer),
                Optional.ofNullable(model),
                Optional.ofNullable(profile),
                Optional.ofNullable(expiringBefore),
                after,
                limit);
    }

    /// Whether a state is asked for.
    boolean namesState() {
        return state != null;
    }
}
