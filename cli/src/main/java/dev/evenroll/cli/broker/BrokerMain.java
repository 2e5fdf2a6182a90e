package dev.evenroll.cli.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/// The process of the broker. Usage: `BrokerMain CLUSTER_ID SERVER_PROPERTIES`. Formats the storage when it is new,
/// then runs until it is told to stop.
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[1]);
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        format(arguments[0], file, Path.of(properties.getProperty("log.dirs")));
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(String clusterId, Path file, Path data) {
        if (!Files.exists(data.resolve("meta.properties"))) {
            var status = StorageTool.execute(
                    new String[] {"format", "-t", clusterId, "-c", file.toString(), "--ignore-formatted"}, System.out);
            if (status != 0) {
                System.exit(status);
            }
        }
    }
}
