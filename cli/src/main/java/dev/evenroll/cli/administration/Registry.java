package dev.evenroll.cli.administration;

import dev.evenroll.cli.administration.AdministrationClient.Call;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The device registry: administration interface of csr-validator.
///
/// Safe for use by many threads. A change names the revision that it was decided for, so that nothing is changed which
/// somebody else has changed meanwhile.
public final class Registry implements AutoCloseable {

    /// A thousand rows have to be written and applied.
    private static final Duration BATCH_LIMIT = Duration.ofMinutes(2);

    private final AdministrationClient client;

    public Registry(URI address, TrustedServers trusted, BearerTokens tokens) {
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

    /// Enters a device. May be repeated.
    ///
    /// @throws RefusedException also when it is registered with another entry
    public Registered register(String deviceId, DeviceEntry entry)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(Role.REGISTRAR, "PUT", path(deviceId), entry.wire());
        var fields = new Fields(answer.body());
        return new Registered(Device.read(fields), answer.status() == 201, fields.texts("warnings"));
    }

    public Device device(String deviceId) throws FaultException, FinalException, InterruptedException {
        var answer = client.get(Role.AUDITOR, path(deviceId));
        return Device.read(new Fields(answer.body()));
    }

    /// Devices in the order of their ids.
    public Page<Device> devices(DeviceSelection selection) throws FaultException, FinalException, InterruptedException {
        return new Fields(client.get(Role.AUDITOR, selection.query()).body()).page("devices", Device::read);
    }

    /// Changes some fields of an entry.
    ///
    /// @param changes new values by field, a null for what shall be absent (RFC 7396)
    /// @param revision that is to be changed
    public Device update(String deviceId, Map<String, ?> changes, long revision)
            throws FaultException, FinalException, InterruptedException {
        var call = Call.json(Role.REGISTRAR, "PATCH", path(deviceId), changes)
                .typed("application/merge-patch+json")
                .onlyIf(revision);
        return Device.read(new Fields(client.send(call).body()));
    }

    /// Changes the state of a device.
    ///
    /// @param reason why, for whoever asks later
    public Device change(String deviceId, StateChange change, String reason, long revision)
            throws FaultException, FinalException, InterruptedException {
        var call = Call.json(Role.REGISTRAR, "POST", path(deviceId) + "/" + change.path(), Map.of("reason", reason))
                .onlyIf(revision);
        return Device.read(new Fields(client.send(call).body()));
    }

    /// Gives a device to another owner, or puts it on another site.
    public Device transfer(String deviceId, String owner, String site, long revision)
            throws FaultException, FinalException, InterruptedException {
        var call = Call.json(Role.REGISTRAR, "POST", path(deviceId) + "/transfer", Map.of("owner", owner, "site", site))
                .onlyIf(revision);
        return Device.read(new Fields(client.send(call).body()));
    }

    /// Makes a one-time token; the one that the device had before is worth nothing any more.
    public DeviceToken createToken(String deviceId, Duration validFor)
            throws FaultException, FinalException, InterruptedException {
        var answer =
                client.send(Role.INSTALLER, "POST", path(deviceId) + "/token", Map.of("validFor", validFor.toString()));
        return DeviceToken.read(new Fields(answer.body()));
    }

    /// Enters many devices; each row is applied as a whole or not at all. Repeated with the same key it is the same
    /// batch.
    ///
    /// @param rows JSON lines, at most 1,000
    /// @param update whether a device that is registered differently is changed
    /// @param idempotencyKey names the batch
    public BatchAnswer enter(String rows, boolean update, String idempotencyKey)
            throws FaultException, FinalException, InterruptedException {
        var call = new Call(Role.REGISTRAR, "POST", "/devices/batch?update=" + update, rows)
                .typed("application/x-ndjson")
                .with("Idempotency-Key", idempotencyKey)
                .within(BATCH_LIMIT);
        var fields = new Fields(client.send(call).body());
        return new BatchAnswer(fields.page("rows", RowAnswer::read).items(), fields.texts("warnings"));
    }

    private static String path(String deviceId) {
        return "/devices/" + Query.escape(deviceId);
    }

    @Override
    public void close() {
        client.close();
    }
}
