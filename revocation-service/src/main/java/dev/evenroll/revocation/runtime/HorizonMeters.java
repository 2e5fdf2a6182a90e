package dev.evenroll.revocation.runtime;

import dev.evenroll.revocation.device.Horizon;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// The horizon of expiry as metrics: a row for each site, of the partitions that this replica owns.
final class HorizonMeters {

    private static final String SITE = "site";

    private final Horizon horizon;
    private final InstantSource clock;
    private final MultiGauge certificates;
    private final MultiGauge renewals;
    private final MultiGauge installations;

    HorizonMeters(Horizon horizon, MeterRegistry metrics, InstantSource clock) {
        this.horizon = horizon;
        this.clock = clock;
        this.certificates = MultiGauge.builder("evenroll.certificates.horizon")
                .description("Newest certificates of devices by the days that are left of them")
                .register(metrics);
        this.renewals = MultiGauge.builder("evenroll.renewals.overdue")
                .description("Devices whose certificate will soon expire and was not renewed")
                .register(metrics);
        this.installations = MultiGauge.builder("evenroll.installations.overdue")
                .description("Devices that have not been seen with their newest certificate in time")
                .register(metrics);
    }

    /// Counts anew.
    void look() {
        var sites = horizon.look(clock.instant());
        var rows = new ArrayList<Row<?>>();
        sites.forEach((name, site) -> {
            for (var left : Horizon.Left.values()) {
                rows.add(Row.of(
                        Tags.of(SITE, name, "days", left.text()),
                        site.certificates().getOrDefault(left, 0L)));
            }
        });
        certificates.register(rows, true);
        renewals.register(rows(sites, Horizon.Site::renewalsOverdue), true);
        installations.register(rows(sites, Horizon.Site::installationsOverdue), true);
    }

    private static List<Row<?>> rows(Map<String, Horizon.Site> sites, ToLongFunction<Horizon.Site> number) {
        var rows = new ArrayList<Row<?>>();
        sites.forEach((name, site) -> rows.add(Row.of(Tags.of(SITE, name), number.applyAsLong(site))));
        return rows;
    }
}
