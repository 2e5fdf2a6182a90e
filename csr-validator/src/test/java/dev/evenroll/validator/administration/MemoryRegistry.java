package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import io.quarkus.arc.Arc;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

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
        /// Nothing can be read.
        UNAVAILABLE,
        /// It fails in a way that nobody has thought of.
        BROKEN
    }

    private final ConcurrentNavigableMap<String, DeviceLife.Known> here = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, DeviceLife.Known> there = new ConcurrentSkipListMap<>();
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
        approvals.clear();
        partitions = EVERYTHING;
        fault = Fault.NONE;
        now = NOW;
    }

    /// A second later.
    void tick() {
        now = now.plusSeconds(1);
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
        }
    }

    private void apply(DeviceCommand command) {
        var id = command.deviceId().value();
        var before = devices().get(id);
        var life = before == null ? new DeviceLife.Unregistered() : before;
        if (life.apply(command, now) instanceof DeviceLife.Known after && !after.equals(before)) {
            devices().put(id, after);
            approvals.follow(command, after);
            if (after.entry().lastCommand().applied()
                    && command
                            instanceof
                            DeviceCommand.CreateToken(DeviceCommand.Order _, String tokenSha256, Instant _)) {
                lastTokenSha256 = tokenSha256;
            }
            if (fault != Fault.SILENT) {
                ended.ended(command.commandId(), after);
            }
        }
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
