package dev.evenroll.pki.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the native library does not load, everything works in Java, and says so. Each in a JVM of its own, since a
/// process decides once.
class FallbackTest {
    private static final String IN_JAVA = "Bouncy Castle and the JDK, in Java";
    private static final String ACCP = "AmazonCorrettoCryptoProvider";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void nativeWhereItLoads() throws Exception {
        boolean supported = System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
        assertThat(chosen(classPath(), List.of())).startsWith(supported ? ACCP + " 2." : IN_JAVA);
    }

    @Test
    void aLibraryThatDoesNotLoad() throws Exception {
        // As on another platform: a file of that name which this one can not load.
        Path broken = Files.createDirectories(directory.resolve("com/amazon/corretto/crypto/provider"));
        Files.writeString(broken.resolve("libamazonCorrettoCryptoProvider.so"), "none");
        assertThat(chosen(directory + ":" + classPath(), List.of()))
                .startsWith(IN_JAVA + "\tThe native library of the Amazon Corretto Crypto Provider does not load")
                .contains("UnsatisfiedLinkError")
                .contains("run on Linux x86_64 or aarch64");
    }

    @Test
    void aTemporaryDirectoryThatCanNotBeWritten() throws Exception {
        assertThat(chosen(classPath(), List.of("-Djava.io.tmpdir=/proc/1")))
                .startsWith(IN_JAVA + "\tThe native library of the Amazon Corretto Crypto Provider does not load")
                .contains("java.io.tmpdir");
    }

    @Test
    void whereSomebodyWantsIt() throws Exception {
        assertThat(chosen(classPath(), List.of("-Devenroll.signatures=java")))
                .startsWith(IN_JAVA + "\tSignatures are computed in Java, since evenroll.signatures=java");
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static String chosen(String classPath, List<String> flags) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath));
        command.addAll(flags);
        command.add(Chosen.class.getName());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().reduce("", (_, line) -> line);
    }
}
