package dev.evenroll.revocation.connection;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Every device of the registry, by its id, in memory: about 200 bytes for each.
///
/// Owners and profiles are few and kept once; so is an OCPP identity that is the device id. Safe for use by many
/// threads; one thread writes.
public final class KnownDevices {

    private final ConcurrentMap<String, KnownDevice> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> names = new ConcurrentHashMap<>();

    public Optional<KnownDevice> find(String deviceId) {
        return Optional.ofNullable(byId.get(deviceId));
    }

    public void put(String deviceId, KnownDevice device) {
        var identity = device.ocppIdentity();
        byId.put(
                deviceId,
                new KnownDevice(
                        identity.equals(deviceId) ? deviceId : identity,
                        once(device.owner()),
                        once(device.profile()),
                        device.standing()));
    }

    public void remove(String deviceId) {
        byId.remove(deviceId);
    }

    /// Forgets all of them.
    public void clear() {
        byId.clear();
        names.clear();
    }

    public int size() {
        return byId.size();
    }

    private String once(String name) {
        var before = names.putIfAbsent(name, name);
        return before == null ? name : before;
    }
}
