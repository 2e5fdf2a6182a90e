package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// SoftHSM2, with its tokens in a directory of a test.
///
/// @param tokens where they lie
@SuppressWarnings("restricted") // it takes its configuration from the environment of this process
public record SoftHsm(Path tokens) {

    public static final String PIN = "7391-secret";

    private static final List<Path> MODULES = Stream.of(
                    "/usr/lib/softhsm/libsofthsm2.so",
                    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                    "/usr/lib64/pkcs11/libsofthsm2.so")
            .map(Path::of)
            .toList();

    /// The library; skips the test where it is not installed, and where CI=true, fails it.
    public static Path module() {
        return installed(MODULES, "softhsm2");
    }

    static Path installed(List<Path> modules, String debianPackage) {
        var found = modules.stream().filter(Files::isRegularFile).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        var reason =
                "a token in software is missing; install the Debian package " + debianPackage + " to run this test";
        return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
    }

    /// No token yet; from now on the library of this process looks there.
    public static SoftHsm in(Path directory) throws IOException {
        module();
        var tokens = Files.createDirectory(directory.resolve("tokens"));
        var configuration = directory.resolve("softhsm2.conf");
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        setEnvironment("SOFTHSM2_CONF", configuration.toString());
        return new SoftHsm(tokens);
    }

    private static void setEnvironment(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var _ = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// Makes a token, as an administrator does.
    public void initialize(String label) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        label,
                        "--pin",
                        PIN,
                        "--so-pin",
                        "so-secret")
                .redirectErrorStream(true);
        process.environment()
                .put("SOFTHSM2_CONF", tokens.resolveSibling("softhsm2.conf").toString());
        var started = process.start();
        var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (started.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }
}
