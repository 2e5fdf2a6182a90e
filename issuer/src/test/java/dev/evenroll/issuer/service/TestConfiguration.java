package dev.evenroll.issuer.service;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/// The configuration of the issuer as it is read from properties.
final class TestConfiguration {

    private static final int ORDINAL = 100;

    private TestConfiguration() {}

    /// @param ca properties of the CA, without `evenroll.ca.`
    static IssuerConfiguration.Ca ca(Map<String, String> ca) {
        var properties = new HashMap<String, String>();
        properties.put("evenroll.environment", "test");
        properties.put("evenroll.kafka.client-properties", "client.properties");
        properties.put("evenroll.ca.crl-url", "http://crl.example/ca.crl");
        ca.forEach((name, value) -> properties.put("evenroll.ca." + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", ORDINAL))
                .withMapping(IssuerConfiguration.class)
                .build()
                .getConfigMapping(IssuerConfiguration.class)
                .ca();
    }
}
