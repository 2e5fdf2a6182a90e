package dev.evenroll.cli.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.cli.login.Login.Renewal;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The file that keeps a login: `login.json` in the data directory, mode 0600.
public final class LoginFile {

    private final Path directory;

    /// The login of a data directory.
    public LoginFile(Path directory) {
        this.directory = directory;
    }

    public Path path() {
        return directory.resolve("login.json");
    }

    /// The login, if there is one.
    ///
    /// @throws LoginException when the file is damaged
    public Optional<Login> read() throws IOException, LoginException {
        try {
            return Optional.of(of(Json.parse(Files.readAllBytes(path()))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            // The message would quote the file, secrets included.
            throw new LoginException(path() + " is damaged: run `evenroll logout`, then `evenroll login` again.");
        }
    }

    public void write(Login login) throws IOException {
        OwnerOnly.directory(directory);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("accessToken", login.accessToken());
        fields.put("expiresAt", login.expiresAt().toString());
        login.renewal().ifPresent(renewal -> {
            fields.put("issuer", renewal.issuer().toString());
            fields.put("clientId", renewal.clientId());
            fields.put("refreshToken", renewal.refreshToken());
            renewal.anchors().ifPresent(file -> fields.put("anchors", file.toString()));
        });
        OwnerOnly.write(path(), Json.document(fields));
    }

    /// Forgets the login.
    ///
    /// @return whether there was one
    public boolean delete() throws IOException {
        return Files.deleteIfExists(path());
    }

    /// What is done by one process at a time.
    interface Locked<T> {
        T run() throws IOException, FaultException, FinalException, InterruptedException;
    }

    /// Does something while no other process does it: a refresh token may be good for one use only.
    <T> T alone(Locked<T> action) throws IOException, FaultException, FinalException, InterruptedException {
        // The lock of the file is the process's; within it threads take turns.
        synchronized (LoginFile.class) {
            try (var channel = FileChannel.open(
                            directory.resolve("login.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                return action.run();
            }
        }
    }

    private static Login of(JsonNode fields) {
        var renewal = fields.hasNonNull("refreshToken")
                ? Optional.of(new Renewal(
                        URI.create(text(fields, "issuer")),
                        text(fields, "clientId"),
                        text(fields, "refreshToken"),
                        Optional.ofNullable(fields.get("anchors")).map(file -> Path.of(file.asText()))))
                : Optional.<Renewal>empty();
        return new Login(text(fields, "accessToken"), Instant.parse(text(fields, "expiresAt")), renewal);
    }

    private static String text(JsonNode fields, String name) {
        var value = fields.path(name);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new IllegalArgumentException(name + ": is missing");
        }
        return value.asText();
    }
}
