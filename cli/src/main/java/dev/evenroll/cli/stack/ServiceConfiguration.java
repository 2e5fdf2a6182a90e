package dev.evenroll.cli.stack;

import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.trust.LeafFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// Writes the configuration file of each service, for this start. Secrets stay in files of their own.
///
/// @param environment of the stack
/// @param ports of this start
/// @param estHost address to which the EST and CRL listeners bind
/// @param crlUrl the CRL distribution point put in certificates
record ServiceConfiguration(
        DataDirectory data, String environment, Map<Port, Integer> ports, String estHost, String crlUrl) {

    static final String TOKEN_ISSUER = "evenroll-local";
    static final String TOKEN_AUDIENCE = "evenroll";
    private static final String LOOPBACK = "127.0.0.1";

    ServiceConfiguration {
        ports = Map.copyOf(ports);
    }

    void write(Service service) throws IOException {
        PropertiesFile.write(
                data.configuration(service),
                of(service),
                "Configuration of " + service.serviceName() + "; written at each start by evenroll up.");
    }

    private Properties of(Service service) {
        var properties = new Properties();
        properties.setProperty("evenroll.environment", environment);
        properties.setProperty("evenroll.instance", "0");
        set(properties, "evenroll.kafka.client-properties", data.kafkaClient(service.serviceName()));
        // We ask every moment whether a service is ready; its log need not tell each time that it is not.
        properties.setProperty("quarkus.log.category.\"io.smallrye.health\".level", "WARN");
        properties.setProperty("quarkus.management.host", LOOPBACK);
        set(properties, "quarkus.management.port", service.management());
        switch (service) {
            case ENROLL_GATEWAY -> gateway(properties);
            case CSR_VALIDATOR -> {
                set(properties, "evenroll.trust.manufacturers", data.trust().manufacturers());
                set(properties, "evenroll.trust.attestation", data.trust().attestation());
                set(properties, "evenroll.ca.directory", data.trust().caDirectory());
                set(
                        properties,
                        "evenroll.trust.registration-authorities",
                        data.trust().registrationAuthorities());
                set(properties, "evenroll.policies", data.policies());
                profiles(properties);
                // A further replica, started by hand, asks this one for the devices that it does not hold.
                properties.setProperty("evenroll.advertised-url", "https://localhost:" + ports.get(Port.REGISTRY));
                set(properties, "evenroll.advertised-anchor", data.trust().platformAnchor());
                set(properties, "evenroll.state-directory", data.state(service));
                administration(properties, service, Port.REGISTRY);
            }
            case ISSUER -> issuing(properties);
            case REVOCATION_SERVICE -> {
                issuing(properties);
                set(properties, "evenroll.state-directory", data.state(service));
                properties.setProperty("evenroll.crl.host", estHost);
                set(properties, "evenroll.crl.port", Port.CRL);
                properties.setProperty("evenroll.connection.host", LOOPBACK);
                set(properties, "evenroll.connection.port", Port.CONNECTIONS);
                properties.setProperty("evenroll.ocsp.host", estHost);
                set(properties, "evenroll.ocsp.port", Port.OCSP);
                // A further replica, started by hand, passes on to this one what it does not hold.
                properties.setProperty("evenroll.ocsp.advertised", LOOPBACK + ":" + ports.get(Port.OCSP));
                administration(properties, service, Port.CERTIFICATES);
            }
            case AUDIT_SINK -> {}
        }
        return properties;
    }

    private void gateway(Properties properties) {
        properties.setProperty("evenroll.est.host", estHost);
        set(properties, "evenroll.est.port", Port.EST);
        set(properties, "evenroll.est.certificate", data.trust().estServer().certificate());
        set(properties, "evenroll.est.key", data.trust().estServer().key());
        set(properties, "evenroll.trust.manufacturers", data.trust().manufacturers());
        set(properties, "evenroll.trust.registration-authorities", data.trust().registrationAuthorities());
        set(properties, "evenroll.ca.directory", data.trust().caDirectory());
    }

    /// What who issues certificates and who revokes them have to agree on.
    private void issuing(Properties properties) {
        set(properties, "evenroll.ca.directory", data.trust().caDirectory());
        properties.setProperty("evenroll.ca.crl-url", crlUrl);
        profiles(properties);
    }

    private void profiles(Properties properties) {
        data.profiles().ifPresent(file -> set(properties, "evenroll.profiles", file));
    }

    private void administration(Properties properties, Service service, Port port) {
        LeafFile leaf = data.trust().administration(service.serviceName());
        properties.setProperty("quarkus.http.host", LOOPBACK);
        set(properties, "quarkus.http.ssl-port", port);
        set(properties, "quarkus.http.ssl.certificate.files", leaf.certificate());
        set(properties, "quarkus.http.ssl.certificate.key-files", leaf.key());
        properties.setProperty(
                "mp.jwt.verify.publickey.location",
                data.trust().tokenVerificationKey().toUri().toString());
        properties.setProperty("mp.jwt.verify.publickey.algorithm", "ES256");
        properties.setProperty("mp.jwt.verify.issuer", TOKEN_ISSUER);
        properties.setProperty("mp.jwt.verify.audiences", TOKEN_AUDIENCE);
    }

    private void set(Properties properties, String name, Port port) {
        properties.setProperty(name, String.valueOf(ports.get(port)));
    }

    private static void set(Properties properties, String name, Path path) {
        properties.setProperty(name, path.toString());
    }
}
