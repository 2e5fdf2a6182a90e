package dev.evenroll.cli.stack;

import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.pki.identity.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/// What a data directory remembers of its stack from one start to the next.
///
/// @param environment that its certificates and events belong to, for ever
/// @param clusterId of its Kafka storage
/// @param crlBase base of the CRL distribution point that stands in its certificates; empty before the first start
/// @param ports of the last start
record StackRecord(String environment, String clusterId, String crlBase, Map<Port, Integer> ports) {

    private static final String PORT = "port.";

    StackRecord {
        ports = Map.copyOf(ports);
    }

    /// Reads the record, or makes the first one.
    ///
    /// @throws FailedStartException when another environment is asked for than the data belongs to
    static StackRecord read(Path file, StackOptions options) throws IOException, FailedStartException {
        if (!Files.exists(file)) {
            var asked = options.environment() == null ? "test" : options.environment();
            return new StackRecord(
                    new Environment(asked).name(), Uuid.randomUuid().toString(), "", Map.of());
        }
        try {
            var record = of(PropertiesFile.read(file));
            var asked = options.environment();
            if (asked != null && !asked.equals(record.environment())) {
                throw new FailedStartException("The data directory " + file.getParent()
                        + " belongs to the environment " + record.environment() + ", not " + asked
                        + ": an environment is sealed; name another directory with --data.");
            }
            return record;
        } catch (PropertiesFile.MissingPropertyException | NumberFormatException damaged) {
            throw new FailedStartException(
                    "The record " + file + " is damaged (" + damaged.getMessage()
                            + "): restore it, or start anew in another directory with --data.",
                    damaged);
        }
    }

    private static StackRecord of(Properties properties) throws PropertiesFile.MissingPropertyException {
        var ports = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            var recorded = properties.getProperty(PORT + port.label());
            if (recorded != null) {
                ports.put(port, number(recorded));
            }
        }
        return new StackRecord(
                PropertiesFile.required(properties, "environment"),
                PropertiesFile.required(properties, "kafka.cluster-id"),
                PropertiesFile.required(properties, "crl.base"),
                ports);
    }

    private static Integer number(String recorded) {
        var number = Integer.valueOf(recorded);
        if (number < 1 || number > 65_535) {
            throw new NumberFormatException(recorded + " is no port");
        }
        return number;
    }

    StackRecord with(String newCrlBase, Map<Port, Integer> newPorts) {
        return new StackRecord(environment, clusterId, newCrlBase, newPorts);
    }

    void write(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("environment", environment);
        properties.setProperty("kafka.cluster-id", clusterId);
        properties.setProperty("crl.base", crlBase);
        ports.forEach((port, number) -> properties.setProperty(PORT + port.label(), Integer.toString(number)));
        PropertiesFile.write(file, properties, "What evenroll up needs to find everything as it was.");
    }
}
