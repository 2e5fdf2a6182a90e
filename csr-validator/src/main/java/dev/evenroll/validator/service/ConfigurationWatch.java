package dev.evenroll.validator.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every two seconds whether trust anchors, policies or blocked keys have changed, in a thread of its own.
///
/// A change that can not be used leaves in force what was so, and is reported once.
final class ConfigurationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final List<Followed> followed;
    private final BiConsumer<String, String> unusable;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "configuration-watch"));
    private volatile @Nullable Future<?> looking;

    /// @param unusable is told the property and the problem of a change that can not be used
    ConfigurationWatch(List<Followed> followed, BiConsumer<String, String> unusable) {
        this.followed = List.copyOf(followed);
        this.unusable = unusable;
    }

    void start() {
        looking = timer.scheduleWithFixedDelay(
                this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether it looks; a broken invariant ends that.
    boolean alive() {
        var task = looking;
        return task != null && !task.isDone();
    }

    /// Looks once.
    void look() {
        for (var each : followed) {
            switch (each.look().get()) {
                case Followed.Look.Unchanged _ -> {}
                case Followed.Look.Changed(String what) ->
                    LOG.atInfo()
                            .addKeyValue("property", each.property())
                            .addKeyValue("inForce", what)
                            .log("Changed configuration is in force");
                case Followed.Look.Unusable(String problem) -> {
                    LOG.atWarn()
                            .addKeyValue("property", each.property())
                            .addKeyValue("problem", problem)
                            .log("Changed configuration can not be used; the one before it stays in force");
                    unusable.accept(each.property(), problem);
                }
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
