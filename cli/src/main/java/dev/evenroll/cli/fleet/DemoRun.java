package dev.evenroll.cli.fleet;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.authority.Keys;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One run of the demonstration: its two phases, with so many devices at a time.
final class DemoRun {

    /// Registering waits for the registry's pipeline, not for a processor.
    private static final int LEAST_REGISTRATIONS_AT_A_TIME = 8;

    private static final int WEAK_RSA_BITS = 1024;

    private final SimulatedFleet fleet;
    private final FleetPlan plan;
    private final DemoOptions options;
    private final Progress progress;
    private final Hope registering;
    private final Hope enrolling;
    private final Map<String, String> notRegistered = new ConcurrentHashMap<>();
    /// By device: completed with its key once it has its certificate, or empty when it gets none.
    private final Map<String, CompletableFuture<Optional<KeyPair>>> certifiedKeys = new ConcurrentHashMap<>();

    DemoRun(SimulatedFleet fleet, FleetPlan plan, DemoOptions options, Progress progress) {
        this.fleet = fleet;
        this.plan = plan;
        this.options = options;
        this.progress = progress;
        this.registering = new Hope(registrationsAtATime());
        this.enrolling = new Hope(options.concurrency() + 1);
    }

    /// Enters every device in the registry that is to be there.
    void register() throws InterruptedException {
        var tasks = plan.devices().stream()
                .filter(device -> device.kind().isRegistered())
                .<Callable<Boolean>>map(device -> () -> register(device.deviceId()))
                .toList();
        all(tasks, registrationsAtATime());
        progress.enrolling();
    }

    /// Lets every device ask for its certificate, in the order of the plan.
    List<DeviceEnd> enroll() throws InterruptedException {
        var tasks = plan.devices().stream()
                .<Callable<DeviceEnd>>map(device -> () -> new DeviceEnd(device, ending(device)))
                .toList();
        var ends = all(tasks, options.concurrency());
        progress.done();
        return ends;
    }

    private int registrationsAtATime() {
        return Math.max(options.concurrency(), LEAST_REGISTRATIONS_AT_A_TIME);
    }

    private boolean register(String deviceId) throws InterruptedException {
        if (registering.lost()) {
            notRegistered.put(deviceId, "the registry has not answered for the devices before it");
            return false;
        }
        try {
            fleet.register(deviceId);
            registering.answered();
            progress.registered();
            return true;
        } catch (FaultException | FinalException e) {
            registering.waitedInVain();
            notRegistered.put(deviceId, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Ending ending(PlannedDevice device) throws InterruptedException, ExecutionException {
        var certifiedKey = certifiedKey(device.deviceId());
        try {
            var problem = notRegistered.get(device.deviceId());
            var ending = problem == null ? hopeful(device) : unasked("It could not be registered: " + problem);
            if (ending instanceof Ending.Issued) {
                certifiedKey.complete(
                        Optional.of(fleet.device(device.deviceId()).key()));
            }
            progress.ended(ending);
            return ending;
        } finally {
            // Without effect when it has its key already: nobody waits for a device that failed.
            certifiedKey.complete(Optional.empty());
        }
    }

    private Ending hopeful(PlannedDevice planned) throws InterruptedException, ExecutionException {
        if (enrolling.lost()) {
            return unasked("It has not asked: the devices before it had no answer.");
        }
        var ending = enroll(planned);
        if (ending instanceof Ending.Unanswered) {
            enrolling.waitedInVain();
        } else {
            enrolling.answered();
        }
        return ending;
    }

    private static Ending unasked(String reason) {
        return new Ending.Unanswered(reason, Duration.ZERO);
    }

    private Ending enroll(PlannedDevice planned) throws InterruptedException, ExecutionException {
        var device = fleet.device(planned.deviceId());
        return switch (planned.kind()) {
            case GENUINE, UNREGISTERED -> device.enrolls();
            case WRONG_SERIAL -> device.enrollsAs(planned.victim().orElseThrow());
            case WEAK_KEY -> device.enrollsWith(Keys.generateRsa(WEAK_RSA_BITS));
            case COPIED_KEY -> {
                var victim = planned.victim().orElseThrow();
                // The victim stands before this device in the plan, so it has begun already.
                var copied = certifiedKey(victim).get();
                yield copied.isPresent()
                        ? device.enrollsWith(copied.get())
                        : unasked("The device whose key it copies, " + victim + ", has no certificate.");
            }
        };
    }

    private CompletableFuture<Optional<KeyPair>> certifiedKey(String deviceId) {
        return certifiedKeys.computeIfAbsent(deviceId, _ -> new CompletableFuture<>());
    }

    private static <T> List<T> all(List<Callable<T>> tasks, int atATime) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(
                atATime, Thread.ofPlatform().daemon().name("device-", 0).factory());
        try {
            var results = new ArrayList<T>();
            for (Future<T> task : pool.invokeAll(tasks)) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A simulated device failed in a way that is not foreseen.", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
