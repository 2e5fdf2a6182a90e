package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.CommandRule;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.EarlierCommand;
import dev.evenroll.validator.registry.EndedCommand;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import io.quarkus.arc.Arc;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/// The registry without Kafka: a command is applied when it is written, unless something is wrong.
@Singleton
public final class MemoryRegistry implements DeviceDirectory, CommandLog {

    static final Set<Integer> EVERYTHING = Set.of(0, 1);
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /// What is wrong with the registry.
    enum Fault {
        NONE,
        /// Commands are written and never applied.
        STUCK,
        /// Commands are applied, and nobody is told.
        SILENT,
        /// Commands are applied, four others at once after them, and nobody is told.
        OVERTAKEN,
        /// Nothing can be read.
        UNAVAILABLE,
        /// It fails in a way that nobody has thought of.
        BROKEN
    }

    private final ConcurrentNavigableMap<String, DeviceLife.Known> here = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, DeviceLife.Known> there = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, List<EarlierCommand>> earlier = new ConcurrentHashMap<>();
    private final Call call;
    private final MemoryApprovals approvals;
    private final EndedCommands ended;
    private volatile Set<Integer> partitionsThere = Set.of();
    private volatile String lastTokenSha256 = "";
    private volatile Instant now = NOW;
    private volatile Fault fault = Fault.NONE;
    private volatile Set<Integer> partitions = EVERYTHING;

    void have(Fault wrong) {
        fault = wrong;
    }

    MemoryRegistry(Call call, MemoryApprovals approvals, EndedCommands ended) {
        this.call = call;
        this.ended = ended;
        this.approvals = approvals;
    }

    /// Makes it the registries of two replicas: this one, and another one that a call reaches when it has been
    /// passed on.
    void split(Set<Integer> ofThisOne, Set<Integer> ofTheOther) {
        partitions = ofThisOne;
        partitionsThere = ofTheOther;
    }

    /// The devices of the other replica.
    Set<String> there() {
        return Set.copyOf(there.keySet());
    }

    private boolean isThere() {
        return Arc.container().requestContext().isActive() && call.isForwarded();
    }

    private ConcurrentNavigableMap<String, DeviceLife.Known> devices() {
        return isThere() ? there : here;
    }

    void clear() {
        here.clear();
        there.clear();
        earlier.clear();
        approvals.clear();
        partitions = EVERYTHING;
        fault = Fault.NONE;
        now = NOW;
    }

    /// A second later.
    void tick() {
        pass(Duration.ofSeconds(1));
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    void lockToken(String deviceId) {
        here.computeIfPresent(deviceId, (_, device) -> device.tokenLocked(now));
    }

    void certify(String deviceId, Instant notAfter) {
        here.computeIfPresent(deviceId, (_, device) -> device.certified(NOW, notAfter));
    }

    /// The digest of the token of the last command that the registry has applied; empty when it was none.
    String lastTokenSha256() {
        return lastTokenSha256;
    }

    @Override
    public Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException {
        check();
        return Optional.ofNullable(devices().get(deviceId.value()));
    }

    @Override
    public Map<DeviceId, DeviceLife.Known> findAll(Collection<DeviceId> deviceIds) throws RegistryUnavailableException {
        var found = new HashMap<DeviceId, DeviceLife.Known>();
        for (var deviceId : deviceIds) {
            find(deviceId).ifPresent(device -> found.put(deviceId, device));
        }
        return found;
    }

    @Override
    public DevicePage list(DeviceQuery query) throws RegistryUnavailableException {
        check();
        var after = query.after();
        var following = after == null ? devices() : devices().tailMap(after, false);
        var matching = following.values().stream()
                .filter(query::matches)
                .limit(query.limit() + 1L)
                .toList();
        var looked = isThere() ? partitionsThere : partitions;
        return matching.size() <= query.limit()
                ? new DevicePage(matching, null, looked)
                : new DevicePage(
                        matching.subList(0, query.limit()),
                        matching.get(query.limit() - 1).entry().deviceId().value(),
                        looked);
    }

    @Override
    public void append(List<DeviceCommand> commands) {
        if (fault == Fault.NONE || fault == Fault.SILENT) {
            commands.forEach(this::apply);
        } else if (fault == Fault.OVERTAKEN) {
            commands.forEach(command -> {
                apply(command);
                IntStream.range(0, 4).forEach(_ -> apply(other(command.deviceId())));
            });
        }
    }

    private static DeviceCommand other(DeviceId deviceId) {
        return new DeviceCommand.Resume(DeviceCommand.Order.of(CommandId.random(), "bob", deviceId), "found");
    }

    private void apply(DeviceCommand command) {
        var id = command.deviceId().value();
        var before = devices().get(id);
        var life = before == null ? new DeviceLife.Unregistered() : before;
        var contradicts = earlier(command.deviceId()).stream()
                .anyMatch(it -> CommandId.contradict(it.result().commandId(), command.commandId()));
        var applied = contradicts
                ? life.refused(command, List.of(CommandRule.idempotencyConflict()), now)
                : life.apply(command, now);
        if (applied instanceof DeviceLife.Known after && !after.equals(before)) {
            devices().put(id, after);
            if (before != null) {
                before.entry()
                        .leaving()
                        .ifPresent(leaving ->
                                earlier.put(id, EarlierCommand.with(leaving, earlier(command.deviceId()), now)));
            }
            approvals.follow(command, after);
            if (after.entry().lastCommand().applied()
                    && command
                            instanceof
                            DeviceCommand.CreateToken(DeviceCommand.Order _, String tokenSha256, Instant _)) {
                lastTokenSha256 = tokenSha256;
            }
            if (fault == Fault.NONE) {
                ended.ended(new EndedCommand(after, after.entry().lastCommand()));
            }
        }
    }

    private List<EarlierCommand> earlier(DeviceId deviceId) {
        return earlier.getOrDefault(deviceId.value(), List.of()).stream()
                .filter(command -> command.isRemembered(now))
                .toList();
    }

    @Override
    public Map<String, CommandResult> earlierResults(Map<String, DeviceId> commands) {
        var found = new HashMap<String, CommandResult>();
        commands.forEach((commandId, deviceId) -> earlier(deviceId).stream()
                .map(EarlierCommand::result)
                .filter(result -> result.commandId().equals(commandId))
                .forEach(result -> found.put(commandId, result)));
        return found;
    }

    private void check() throws RegistryUnavailableException {
        if (fault == Fault.UNAVAILABLE) {
            throw new RegistryUnavailableException("The registry is away; ask again.");
        }
        if (fault == Fault.BROKEN) {
            throw new IllegalStateException("a secret of the implementation");
        }
    }
}
