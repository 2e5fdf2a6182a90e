package dev.evenroll.gateway.service;

import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.gateway.observation.Observations;
import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.pki.path.Refresh;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every two seconds whether the files of the trust anchors and of our own CAs have changed, in a thread of its
/// own.
///
/// A change that can not be used leaves the anchors as they were, and is told once ([Refresh.Unusable]).
final class AnchorWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnchorWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Map<String, AnchorDirectory> directories;
    private final AuthorityDirectory authorities;
    private final Observations observations;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "gateway-anchors"));
    private volatile @Nullable Future<?> looking;

    /// @param directories each under the property that names it
    AnchorWatch(Map<String, AnchorDirectory> directories, AuthorityDirectory authorities, Observations observations) {
        this.authorities = authorities;
        this.directories = Map.copyOf(directories);
        this.observations = observations;
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
        switch (authorities.refresh()) {
            case AuthorityDirectory.Look.Unchanged() -> {}
            case AuthorityDirectory.Look.Changed(var now) ->
                LOG.atInfo().addKeyValue("cas", now).log("The CAs have changed");
            case AuthorityDirectory.Look.Unusable(var problem) -> tell(TrustMaterial.AUTHORITIES, problem);
        }
        directories.forEach((property, directory) -> {
            switch (directory.refresh()) {
                case Refresh.Unchanged() -> {}
                case Refresh.Changed(var anchors) ->
                    LOG.atInfo()
                            .addKeyValue("property", property)
                            .addKeyValue("anchors", anchors.names())
                            .log("Trust anchors have changed");
                case Refresh.Unusable(var problem) -> tell(property, problem);
            }
        });
    }

    private void tell(String property, String problem) {
        LOG.atWarn()
                .addKeyValue("property", property)
                .addKeyValue("problem", problem)
                .log("Changed trust anchors can not be used; those before them stay in force");
        observations.report(new Observation(
                Observation.Kind.CONFIGURATION_UNUSABLE,
                property,
                "The changed trust anchors can not be used; those before them stay in force: " + problem + ".",
                Map.of("property", property)));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
