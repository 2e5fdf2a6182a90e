package dev.evenroll.cli.fleet;

import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.authority.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;

/// A manufacturer whose CA key is at hand: gives devices the identity that real ones leave the factory with (IDevID,
/// IEEE 802.1AR).
public final class SimulatedManufacturer {

    private final String name;
    private final CertificateAuthority authority;

    public SimulatedManufacturer(String name, CertificateAuthority authority) {
        this.name = name;
        this.authority = authority;
    }

    /// The one of a local stack.
    public static SimulatedManufacturer of(Connection.Manufacturer manufacturer, InstantSource clock)
            throws IOException {
        var password = Files.readString(manufacturer.passwordFile()).strip().toCharArray();
        return new SimulatedManufacturer(
                manufacturer.name(), CertificateAuthority.loadPkcs12(manufacturer.keyStore(), password, clock));
    }

    /// As in the registry.
    public String name() {
        return name;
    }

    /// The identity of a new device.
    public ClientIdentity identify(String serialNumber, KeyPair key) {
        var certificate = authority.issueIdevid(name, serialNumber, key.getPublic());
        return new ClientIdentity(key.getPrivate(), List.of(certificate));
    }
}
