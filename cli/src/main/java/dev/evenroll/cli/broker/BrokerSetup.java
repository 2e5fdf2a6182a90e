package dev.evenroll.cli.broker;

import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.trust.TrustFiles;
import java.io.IOException;
import java.nio.file.Path;

/// What a broker of a local stack is made of.
///
/// @param directory its own, for configuration and data; exists
/// @param logs directory of all logs; exists
/// @param records directory of process records; exists
/// @param trust where its certificate and the platform's anchor lie
/// @param clusterId base64url of 16 random bytes; the same for the life of the data
/// @param clientPort of the listener of services and tools
/// @param controllerPort of the listener of the KRaft controller
public record BrokerSetup(
        Path directory,
        Path logs,
        Path records,
        TrustFiles trust,
        String clusterId,
        int clientPort,
        int controllerPort) {

    /// The server properties that every kind of broker of a local stack runs with.
    public Path configuration() {
        return directory.resolve("server.properties");
    }

    /// Writes [#configuration()].
    public void writeConfiguration() throws IOException {
        PropertiesFile.write(configuration(), BrokerProperties.of(this), "Written at each start of the broker.");
    }
}
