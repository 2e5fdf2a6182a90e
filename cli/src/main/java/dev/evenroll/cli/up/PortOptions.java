package dev.evenroll.cli.up;

import dev.evenroll.cli.stack.Port;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of `evenroll up` that set ports. A port that is not set is the one of the start before, or a free one.
final class PortOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    private final EnumMap<Port, Integer> ports = new EnumMap<>(Port.class);

    @Option(names = "--est-port", paramLabel = "PORT", description = "Port of the EST server.")
    void est(@Nullable Integer port) {
        set(Port.EST, port);
    }

    @Option(names = "--crl-port", paramLabel = "PORT", description = "Port of the CRLs; first start only.")
    void crl(@Nullable Integer port) {
        set(Port.CRL, port);
    }

    @Option(names = "--registry-port", paramLabel = "PORT", description = "Port of the device registry.")
    void registry(@Nullable Integer port) {
        set(Port.REGISTRY, port);
    }

    @Option(
            names = "--certificates-port",
            paramLabel = "PORT",
            description = "Port of the certificates' administration.")
    void certificates(@Nullable Integer port) {
        set(Port.CERTIFICATES, port);
    }

    @Option(names = "--connections-port", paramLabel = "PORT", description = "Port of connection authorization.")
    void connections(@Nullable Integer port) {
        set(Port.CONNECTIONS, port);
    }

    @Option(names = "--ocsp-port", paramLabel = "PORT", description = "Port of OCSP.")
    void ocsp(@Nullable Integer port) {
        set(Port.OCSP, port);
    }

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port of the Kafka broker.")
    void kafka(@Nullable Integer port) {
        set(Port.KAFKA, port);
    }

    /// @throws IllegalArgumentException for what is no port
    Map<Port, Integer> ports() {
        return Map.copyOf(ports);
    }

    /// Picocli clears an option that is not given by setting null.
    private void set(Port port, @Nullable Integer number) {
        if (number == null) {
            ports.remove(port);
        } else if (number < 1 || number > 65_535) {
            throw new ParameterException(command(), number + " is no port: give a number from 1 to 65535.");
        } else {
            ports.put(port, number);
        }
    }

    private CommandLine command() {
        if (mixee == null) {
            throw new IllegalStateException("Picocli sets the specification before it calls.");
        }
        return mixee.commandLine();
    }
}
