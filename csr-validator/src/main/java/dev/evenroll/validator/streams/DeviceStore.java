package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.validator.registry.DeviceLife;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The registry of one partition: store `device-by-id` in the words of the domain. Owner: the task.
final class DeviceStore {

    private final KeyValueStore<String, RegisteredDevice> store;
    private final Commits.Part part;
    private final String environment;

    DeviceStore(ProcessorContext<?, ?> context, Commits commits, String environment) {
        this.store = context.getStateStore(StoreNames.DEVICE_BY_ID);
        this.part = commits.begun(StoreNames.DEVICE_BY_ID, context.taskId().partition());
        this.environment = environment;
    }

    DeviceLife find(String deviceId) {
        var record = store.get(deviceId);
        return record == null ? new DeviceLife.Unregistered() : DeviceRecords.toDomain(record);
    }

    /// Keeps the device and says so on device.registry.
    Emission put(DeviceLife.Known device) {
        var record = DeviceRecords.toRecord(device, environment);
        part.changing();
        store.put(record.getDeviceId(), record);
        return Emission.to(Sinks.DEVICE_REGISTRY, record.getDeviceId(), record);
    }
}
