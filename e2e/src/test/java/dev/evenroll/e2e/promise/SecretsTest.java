package dev.evenroll.e2e.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Nothing secret in logs, in process arguments, in environments or on topics. The secrets looked for are
/// those that the running stack really has: every private key and every password in its data directory.
@ExtendWith(WithStack.class)
class SecretsTest {

    @Test
    void noSecretIsInALog(RunningStack stack) throws Exception {
        stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
        var secrets = secrets(stack);
        for (var log : files(stack.data().resolve("logs"))) {
            assertHasNone(secrets, log.toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
            assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                    .as(log.toString())
                    .doesNotContain("PRIVATE KEY", "Bearer ey");
        }
    }

    @Test
    void noSecretIsInAnArgumentOrAnEnvironment(RunningStack stack) throws Exception {
        var secrets = secrets(stack);
        for (var service : Service.values()) {
            var process = Path.of(
                    "/proc", Long.toString(stack.stack().process(service).pid()));
            for (var part : List.of("cmdline", "environ")) {
                var text = Files.readString(process.resolve(part), StandardCharsets.ISO_8859_1);
                assertHasNone(secrets, service + " " + part, text);
            }
        }
    }

    @Test
    void noSecretIsOnATopic(RunningStack stack) throws Exception {
        stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
        var secrets = secrets(stack);
        for (var topic : stack.topics().names()) {
            for (var record : stack.topics().raw(topic)) {
                if (record.value() != null) {
                    var text = new String(record.value(), StandardCharsets.ISO_8859_1);
                    assertHasNone(secrets, topic, text);
                }
            }
        }
    }

    @Test
    void onlyTheOwnerMayReadWhatHoldsASecret(RunningStack stack) throws Exception {
        for (var file : files(stack.data())) {
            var name = file.toString();
            if (name.endsWith(".p12") || name.contains("password") || holdsPrivateKey(file)) {
                assertThat(Files.getPosixFilePermissions(file))
                        .as(name)
                        .isSubsetOf(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            }
        }
    }

    private static void assertHasNone(List<String> secrets, String where, String text) {
        for (var secret : secrets) {
            assertThat(text.contains(secret)).as("a secret is in " + where).isFalse();
        }
    }

    /// Lines of private keys, and passwords.
    private static List<String> secrets(RunningStack stack) throws IOException {
        var secrets = new ArrayList<String>();
        for (var file : files(stack.data())) {
            if (file.toString().contains("password")) {
                secrets.add(Files.readString(file).strip());
            } else if (holdsPrivateKey(file)) {
                secrets.add(firstLineOfKey(Files.readString(file)));
            }
        }
        assertThat(secrets).hasSizeGreaterThan(5).allMatch(secret -> secret.length() >= 16);
        return secrets;
    }

    private static String firstLineOfKey(String pem) {
        var lines = pem.lines().toList();
        for (var line = 0; line < lines.size(); line++) {
            if (lines.get(line).contains("PRIVATE KEY")) {
                // The second line: the first one of a P-256 key is the same in every key.
                return lines.get(line + 2);
            }
        }
        throw new IllegalArgumentException("no private key");
    }

    private static boolean holdsPrivateKey(Path file) throws IOException {
        return file.toString().endsWith(".pem") && Files.readString(file).contains("PRIVATE KEY");
    }

    /// The broker's data and the stores come and go, and are looked at as topics.
    private static List<Path> files(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return visited.endsWith("broker/data") || visited.endsWith("state")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
