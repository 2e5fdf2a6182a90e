package dev.evenroll.cli.stack;

import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.util.Properties;
import java.util.stream.Stream;

/// Writes the client properties of every Kafka principal: standard files, which Kafka's own tools take as well.
final class KafkaClients {

    private KafkaClients() {}

    static void write(DataDirectory data, String bootstrapServers) throws IOException {
        var principals = Stream.concat(
                Stream.of(Principal.values()).map(Principal::principalName), Stream.of(TrustFiles.PROVISIONER));
        for (var principal : principals.toList()) {
            PropertiesFile.write(
                    data.kafkaClient(principal),
                    of(data.trust(), principal, bootstrapServers),
                    "Kafka client of the principal " + principal + "; written at each start.");
        }
    }

    private static Properties of(TrustFiles trust, String principal, String bootstrapServers) {
        var properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        properties.setProperty("security.protocol", "SSL");
        properties.setProperty("ssl.keystore.type", "PEM");
        properties.setProperty(
                "ssl.keystore.location", trust.kafka(principal).certificate().toString());
        properties.setProperty("ssl.truststore.type", "PEM");
        properties.setProperty("ssl.truststore.location", trust.platformAnchor().toString());
        properties.setProperty("ssl.enabled.protocols", "TLSv1.3");
        return properties;
    }
}
