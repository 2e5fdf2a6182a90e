package dev.evenroll.cli.trust;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.pki.identity.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The token of a local stack: SoftHSM2, with everything it knows in one directory.
///
/// The library finds its configuration by an environment variable, which a process has from its start: so a child
/// makes the key, the issuer is started with [#environment()], and a command that goes on with the ceremony sets it for
/// itself.
///
/// @param directory of the token, its configuration and its PINs
public record SoftToken(Path directory) {

    public static final String LABEL = "evenroll-local";

    private static final int PIN_BYTES = 16;

    /// The token of a local stack.
    ///
    /// @param caDirectory the directory of its CAs
    public static SoftToken of(Path caDirectory) {
        return new SoftToken(caDirectory.resolve("token"));
    }

    /// The library, where SoftHSM2 is installed.
    public static Optional<Path> module() {
        return Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// What the library has to find in the environment of a process.
    public Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", configuration().toString());
    }

    /// Whether it was made.
    public boolean isThere() {
        return Files.exists(configuration());
    }

    Path configuration() {
        return directory.resolve("softhsm2.conf");
    }

    /// The user PIN, one line.
    public Path pinFile() {
        return directory.resolve("pin");
    }

    /// The PIN of the security officer, one line.
    Path officerPinFile() {
        return directory.resolve("officer-pin");
    }

    /// Writes what the library and whoever opens the token need.
    void prepare() throws IOException {
        OwnerOnly.directory(directory);
        OwnerOnly.directory(directory.resolve("tokens"));
        OwnerOnly.write(
                configuration(), "directories.tokendir = " + directory.resolve("tokens") + "\nlog.level = ERROR\n");
        for (var pin : List.of(pinFile(), officerPinFile())) {
            if (!Files.exists(pin)) {
                OwnerOnly.write(pin, randomPin() + "\n");
            }
        }
    }

    /// Makes the token and the CAs of which it has the issuing one's key, in a process of its own. Repeated, it makes
    /// what is missing.
    ///
    /// @param data directory of the stack
    /// @param environment stands in the names of the CAs
    /// @param classPath of this program
    void makeAuthorities(Path data, Environment environment, List<Path> classPath)
            throws IOException, InterruptedException {
        prepare();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                SoftTokenMain.class.getName(),
                data.toString(),
                environment.name());
        builder.environment().putAll(environment());
        var errors = directory.resolve("errors");
        var process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("The token of the CA could not be made in " + directory + ": "
                    + Files.readString(errors).strip()
                    + " Mend that, or start with --ca-key file in another directory.");
        }
        Files.deleteIfExists(errors);
    }

    private static String randomPin() {
        var bytes = new byte[PIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
