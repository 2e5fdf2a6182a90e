package dev.evenroll.cli.fleet;

import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.administration.LocalTokens;
import dev.evenroll.cli.administration.Registry;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.est.PatientClient;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The devices of one manufacturer at one stack, and the operator who registers them.
///
/// Safe for use by many threads; each device belongs to one at a time.
public final class SimulatedFleet implements AutoCloseable {

    private final PatientClient client;
    private final SimulatedManufacturer manufacturer;
    private final Registry registry;
    private final Patience patience;
    private final Map<String, SimulatedDevice> devices = new ConcurrentHashMap<>();

    SimulatedFleet(PatientClient client, SimulatedManufacturer manufacturer, Registry registry, Patience patience) {
        this.client = client;
        this.manufacturer = manufacturer;
        this.registry = registry;
        this.patience = patience;
    }

    /// A fleet at a running stack.
    ///
    /// @param actor who registers devices, as the audit log shall name it
    /// @param patience how long a device, or the operator, goes on asking
    public static SimulatedFleet at(Connection connection, String actor, Duration patience)
            throws IOException, MalformedException {
        return at(connection, actor, Patience.of(patience));
    }

    static SimulatedFleet at(Connection connection, String actor, Patience patience)
            throws IOException, MalformedException {
        var clock = InstantSource.system();
        var tokenKey = Pem.decodePrivateKey(Files.readString(connection.tokenKey()));
        var administration = Pem.decodeCertificates(Files.readString(connection.administrationAnchor()));
        var registry = new Registry(
                connection.registry(), TrustedServers.of(administration), new LocalTokens(tokenKey, actor, clock));
        var chain = Pem.decodeCertificates(Files.readString(connection.caChain()));
        return new SimulatedFleet(
                new PatientClient(EstServer.of(connection.est(), chain), patience, clock),
                SimulatedManufacturer.of(connection.manufacturer(), clock),
                registry,
                patience);
    }

    /// The device of this serial number: made on the first call, the same one on every later call.
    public SimulatedDevice device(String deviceId) {
        return devices.computeIfAbsent(
                deviceId, id -> new SimulatedDevice(id, manufacturer.identify(id, Keys.generateP256()), client));
    }

    /// Enters the device in the registry.
    public void register(String deviceId) throws FaultException, FinalException, InterruptedException {
        var entry = new DeviceEntry(manufacturer.name(), "Simulated", deviceId, "Local Operator", "Local");
        patience.untilDone(() -> registry.register(deviceId, entry));
    }

    /// A registered device that has not asked for anything yet.
    public SimulatedDevice registered(String deviceId) throws FaultException, FinalException, InterruptedException {
        register(deviceId);
        return device(deviceId);
    }

    /// What the EST server gives everybody: its CA certificates.
    public List<X509Certificate> caCertificates() throws FaultException, FinalException, InterruptedException {
        return client.caCertificates();
    }

    @Override
    public void close() {
        registry.close();
    }
}
