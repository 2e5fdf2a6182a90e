package dev.evenroll.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadForItsOwnerOnly() throws Exception {
        var file = directory.resolve("connection.properties");
        var connection = new Connection(
                "test",
                URI.create("https://localhost:21000"),
                URI.create("https://localhost:21001"),
                URI.create("https://localhost:21002"),
                URI.create("http://localhost:21003"),
                URI.create("http://127.0.0.1:21005"),
                URI.create("http://127.0.0.1:21006"),
                directory.resolve("ca/chains/issuing-1.pem"),
                directory.resolve("with space\\and backslash.pem"),
                directory.resolve("tokens/signing-key.pem"),
                directory.resolve("kafka/auditor.properties"),
                new Connection.SigningAuthority(directory.resolve("r.p12"), directory.resolve("r.password")),
                new Connection.Manufacturer("simulated", directory.resolve("a.p12"), directory.resolve("a.password")),
                Map.of("issuer", URI.create("http://127.0.0.1:21004")));
        connection.write(file);
        assertThat(Connection.read(directory)).isEqualTo(connection);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutAStackTheMessageTellsHowToStartOne() {
        assertThatThrownBy(() -> Connection.read(directory))
                .isInstanceOf(NoStackException.class)
                .hasMessage("No stack was started in " + directory
                        + ": run `evenroll up`, or name the data directory of a running stack with --data.");
    }

    @Test
    void aDamagedFileIsNamedWithItsFault() throws Exception {
        Files.writeString(directory.resolve("connection.properties"), "environment=test\n");
        assertThatThrownBy(() -> Connection.read(directory))
                .hasMessage("Can not read " + directory.resolve("connection.properties")
                        + " (the property est.url is missing): start the stack again with `evenroll up`, which writes"
                        + " it anew.");
    }
}
