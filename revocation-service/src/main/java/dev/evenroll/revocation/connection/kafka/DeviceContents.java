package dev.evenroll.revocation.connection.kafka;

import dev.evenroll.revocation.connection.KnownDevice;
import dev.evenroll.revocation.connection.KnownDevice.Standing;
import dev.evenroll.revocation.connection.KnownDevices;
import dev.evenroll.revocation.kafka.TopicReplica;
import dev.evenroll.revocation.kafka.UnusableRecords;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// `device.registry`, as [KnownDevices].
///
/// A record that can not be decoded is put aside, and its device is let in no more until a record says better. One of
/// another environment changes nothing.
public final class DeviceContents implements TopicReplica.Contents {

    private static final Codec<RegisteredDevice> CODEC = Codec.of(RegisteredDevice.class);

    private final String environment;
    private final KnownDevices devices;
    private final UnusableRecords unusable;

    public DeviceContents(String environment, KnownDevices devices, UnusableRecords unusable) {
        this.environment = environment;
        this.devices = devices;
        this.unusable = unusable;
    }

    @Override
    public void clear() {
        devices.clear();
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> source) {
        if (source.key() != null && source.value() == null) {
            devices.remove(source.key());
            return;
        }
        try {
            var entry = CODEC.decode(source.value());
            if (!entry.getEnvironment().equals(environment)) {
                unusable.foreign(source, "The device is of the environment " + entry.getEnvironment() + ".");
                return;
            }
            var description = entry.getDescription();
            devices.put(
                    entry.getDeviceId(),
                    new KnownDevice(
                            description.getOcppIdentity(),
                            description.getOwner(),
                            description.getProfile(),
                            standing(entry.getState())));
        } catch (UndecodableException e) {
            doubt(source.key());
            unusable.hostile(source, String.valueOf(e.getMessage()));
        }
    }

    private void doubt(@Nullable String deviceId) {
        if (deviceId != null) {
            devices.find(deviceId)
                    .ifPresent(before -> devices.put(
                            deviceId,
                            new KnownDevice(
                                    before.ocppIdentity(), before.owner(), before.profile(), Standing.UNKNOWN)));
        }
    }

    private static Standing standing(DeviceState state) {
        return switch (state) {
            case REGISTERED, ENROLLED -> Standing.IN_SERVICE;
            case SUSPENDED -> Standing.SUSPENDED;
            case QUARANTINED -> Standing.QUARANTINED;
            case DECOMMISSIONED -> Standing.DECOMMISSIONED;
            case UNKNOWN -> Standing.UNKNOWN;
        };
    }
}
