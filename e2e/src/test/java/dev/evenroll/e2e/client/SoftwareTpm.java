package dev.evenroll.e2e.client;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// A TPM 2.0 that a process plays (`swtpm`), as `tpm2-tools` speak to it.
public final class SoftwareTpm implements AutoCloseable {

    private static final Map<String, String> PACKAGES =
            Map.of("swtpm", "swtpm", "tpm2_certify", "tpm2-tools", "openssl", "openssl");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Path socket;

    private SoftwareTpm(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /// Skips the test where a program is missing; where CI=true, fails it.
    public static void requireInstalled() {
        var missing = PACKAGES.keySet().stream()
                .filter(program -> !isInstalled(program))
                .map(PACKAGES::get)
                .sorted()
                .collect(Collectors.joining(" "));
        if (missing.isEmpty()) {
            return;
        }
        var reason = "a TPM in software is missing; install the Debian packages " + missing + " to run this test";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /// A new TPM, switched on.
    ///
    /// @param directory for its state
    public static SoftwareTpm start(Path directory) throws IOException {
        var socket = directory.resolve("tpm");
        var control = directory.resolve("tpm.ctrl");
        var process = new ProcessBuilder(List.of(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + directory,
                        "--server",
                        "type=unixio,path=" + socket,
                        "--ctrl",
                        "type=unixio,path=" + control,
                        "--flags",
                        "not-need-init,startup-clear"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("swtpm.log").toFile())
                .start();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !process.isAlive() || (Files.exists(socket) && Files.exists(control)));
        if (!process.isAlive()) {
            throw new AssertionError("swtpm ended: " + Files.readString(directory.resolve("swtpm.log")));
        }
        return new SoftwareTpm(process, socket);
    }

    /// What tells `tpm2-tools` to speak to this TPM.
    public Map<String, String> environment() {
        return Map.of("TPM2TOOLS_TCTI", "swtpm:path=" + socket);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
