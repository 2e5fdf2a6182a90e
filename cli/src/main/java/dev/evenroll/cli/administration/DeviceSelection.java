package dev.evenroll.cli.administration;

import java.time.Instant;
import java.util.Optional;

/// Which devices to list; what is empty does not matter.
///
/// @param state in lower case
/// @param expiringBefore only those whose present certificate ends before
/// @param after the id that comes just before the first one
/// @param limit at most so many, 1 to 1,000
public record DeviceSelection(
        Optional<String> state,
        Optional<String> site,
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<String> profile,
        Optional<Instant> expiringBefore,
        Optional<String> after,
        int limit) {

    /// Every device.
    public static DeviceSelection all(int limit) {
        return new DeviceSelection(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /// The same, from behind a device on.
    public DeviceSelection from(String id) {
        return new DeviceSelection(state, site, manufacturer, model, profile, expiringBefore, Optional.of(id), limit);
    }

    String query() {
        return new Query("/devices")
                .with("state", state)
                .with("site", site)
                .with("manufacturer", manufacturer)
                .with("model", model)
                .with("profile", profile)
                .with("expiringBefore", expiringBefore.map(Instant::toString))
                .with("after", after)
                .with("limit", Optional.of(Integer.toString(limit)))
                .toString();
    }
}
