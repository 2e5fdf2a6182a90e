package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The device registry: administration interface of csr-validator.
///
/// Safe for use by many threads; every call may be repeated.
public final class Registry implements AutoCloseable {

    private final AdministrationClient client;

    public Registry(URI address, TrustedServers trusted, LocalTokens tokens) {
        this.client = new AdministrationClient("csr-validator", address, trusted, tokens);
    }

    /// A device that is in the registry now.
    ///
    /// @param isNew false when it was there before, with the same entry
    /// @param warnings what stands in the way of its enrollment as yet
    public record Registered(Device device, boolean isNew, List<String> warnings) {
        public Registered {
            warnings = List.copyOf(warnings);
        }
    }

    /// Enters a device.
    ///
    /// @throws RefusedException also when it is registered with another entry
    public Registered register(String deviceId, DeviceEntry entry)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(Role.REGISTRAR, "PUT", "/devices/" + Query.escape(deviceId), entry.fields());
        var fields = new Fields(answer.body());
        return new Registered(Device.read(fields), answer.status() == 201, fields.texts("warnings"));
    }

    public Device device(String deviceId) throws FaultException, FinalException, InterruptedException {
        var answer = client.get(Role.AUDITOR, "/devices/" + Query.escape(deviceId));
        return Device.read(new Fields(answer.body()));
    }

    /// Devices in the order of their ids.
    ///
    /// @param after the id that comes just before the first one
    public Page<Device> devices(Optional<String> after, int limit)
            throws FaultException, FinalException, InterruptedException {
        var query = new Query("/devices").with("after", after).with("limit", Optional.of(Integer.toString(limit)));
        return new Fields(client.get(Role.AUDITOR, query.toString()).body()).page("devices", Device::read);
    }

    @Override
    public void close() {
        client.close();
    }
}
