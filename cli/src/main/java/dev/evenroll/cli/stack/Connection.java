package dev.evenroll.cli.stack;

import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.files.PropertiesFile.MissingPropertyException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a command or a device needs to speak to a running stack: addresses, trust anchors, and where the credentials
/// of this machine's operator lie. It holds paths of secrets, never the secrets.
///
/// @param environment of the stack: `test`, `staging` or `production`
/// @param est base of the EST server: `https://host:port`, without the `/.well-known/est`
/// @param registry base of the administration interface of csr-validator (`/devices`)
/// @param certificates base of the administration interface of revocation-service (`/certificates`)
/// @param crl base of the CRL distribution point (`/crl/...`), plain HTTP
/// @param connections base of connection authorization (`/authorize`, `/trust-bundle`), plain HTTP
/// @param ocsp base of the OCSP responder (`/ocsp`), plain HTTP
/// @param caChain PEM file: the issuing CA, then the root. The root also anchors the EST server's certificate
/// @param administrationAnchor PEM file: the anchor of the certificates of both administration interfaces
/// @param tokenKey PEM file (PKCS#8, P-256): signs bearer tokens for the administration interfaces
/// @param auditorClient Kafka client properties of the principal that may read the audit topic
/// @param registrationAuthority the CA that certifies the registration authorities of this machine
/// @param manufacturer the simulated manufacturer of the devices of this machine
/// @param management base of health and metrics of each service, by the service's name
public record Connection(
        String environment,
        URI est,
        URI registry,
        URI certificates,
        URI crl,
        URI connections,
        URI ocsp,
        Path caChain,
        Path administrationAnchor,
        Path tokenKey,
        Path auditorClient,
        SigningAuthority registrationAuthority,
        Manufacturer manufacturer,
        Map<String, URI> management) {

    /// A CA whose key is at hand.
    ///
    /// @param keyStore PKCS#12
    /// @param passwordFile the key store's password, one line
    public record SigningAuthority(Path keyStore, Path passwordFile) {}

    /// A manufacturer whose CA key is at hand, so that this machine can make devices with an IDevID.
    ///
    /// @param name as in the registry
    /// @param keyStore PKCS#12 of its CA
    /// @param passwordFile the key store's password, one line
    public record Manufacturer(String name, Path keyStore, Path passwordFile) {}

    private static final String MANAGEMENT = "management.";

    public Connection {
        management = Map.copyOf(management);
    }

    /// Reads what `evenroll up` has left in its data directory.
    ///
    /// @throws NoStackException when no stack was ever started there
    public static Connection read(Path dataDirectory) throws NoStackException {
        var file = new DataDirectory(dataDirectory).connection();
        try {
            return of(PropertiesFile.read(file));
        } catch (NoSuchFileException absent) {
            throw new NoStackException("No stack was started in " + dataDirectory
                    + ": run `evenroll up`, or name the data directory of a running stack with --data.");
        } catch (IOException | MissingPropertyException | IllegalArgumentException unreadable) {
            throw new NoStackException("Can not read " + file + " (" + unreadable.getMessage()
                    + "): start the stack again with `evenroll up`, which writes it anew.");
        }
    }

    private static Connection of(Properties properties) throws MissingPropertyException {
        var management = new TreeMap<String, URI>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith(MANAGEMENT)) {
                management.put(name.substring(MANAGEMENT.length()), URI.create(properties.getProperty(name)));
            }
        }
        return new Connection(
                PropertiesFile.required(properties, "environment"),
                uri(properties, "est.url"),
                uri(properties, "registry.url"),
                uri(properties, "certificates.url"),
                uri(properties, "crl.url"),
                uri(properties, "connections.url"),
                uri(properties, "ocsp.url"),
                path(properties, "ca.chain"),
                path(properties, "administration.anchor"),
                path(properties, "token.key"),
                path(properties, "kafka.auditor"),
                new SigningAuthority(
                        path(properties, "registration-authority.keystore"),
                        path(properties, "registration-authority.keystore-password-file")),
                new Manufacturer(
                        PropertiesFile.required(properties, "manufacturer.name"),
                        path(properties, "manufacturer.keystore"),
                        path(properties, "manufacturer.keystore-password-file")),
                management);
    }

    void write(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("environment", environment);
        properties.setProperty("est.url", est.toString());
        properties.setProperty("registry.url", registry.toString());
        properties.setProperty("certificates.url", certificates.toString());
        properties.setProperty("crl.url", crl.toString());
        properties.setProperty("connections.url", connections.toString());
        properties.setProperty("ocsp.url", ocsp.toString());
        properties.setProperty("ca.chain", caChain.toString());
        properties.setProperty("administration.anchor", administrationAnchor.toString());
        properties.setProperty("token.key", tokenKey.toString());
        properties.setProperty("kafka.auditor", auditorClient.toString());
        properties.setProperty(
                "registration-authority.keystore",
                registrationAuthority.keyStore().toString());
        properties.setProperty(
                "registration-authority.keystore-password-file",
                registrationAuthority.passwordFile().toString());
        properties.setProperty("manufacturer.name", manufacturer.name());
        properties.setProperty("manufacturer.keystore", manufacturer.keyStore().toString());
        properties.setProperty(
                "manufacturer.keystore-password-file",
                manufacturer.passwordFile().toString());
        management.forEach((service, url) -> properties.setProperty(MANAGEMENT + service, url.toString()));
        PropertiesFile.write(file, properties, "How to speak to the stack of this directory; written by evenroll up.");
    }

    /// The chains of all issuing CAs that the stack has by now, PEM files as [#caChain()], which is the first of them.
    public List<Path> caChains() throws IOException {
        var directory = caChain.getParent();
        if (directory == null || !directory.endsWith("chains")) {
            return List.of(caChain);
        }
        try (var files = Files.newDirectoryStream(directory, "[!.]*.pem")) {
            var others = new TreeSet<Path>();
            files.forEach(others::add);
            others.remove(caChain);
            return Stream.concat(Stream.of(caChain), others.stream()).toList();
        }
    }

    /// Whether the stack of this data directory was once started.
    public static boolean exists(Path dataDirectory) {
        return Files.exists(new DataDirectory(dataDirectory).connection());
    }

    private static URI uri(Properties properties, String name) throws MissingPropertyException {
        return URI.create(PropertiesFile.required(properties, name));
    }

    private static Path path(Properties properties, String name) throws MissingPropertyException {
        return Path.of(PropertiesFile.required(properties, name));
    }
}
