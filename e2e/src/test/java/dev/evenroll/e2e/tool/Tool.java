package dev.evenroll.e2e.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program on the PATH, run to its end.
///
/// @param directory where it runs
public record Tool(Path directory) {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /// What a run left behind.
    ///
    /// @param exitCode of the process
    /// @param output standard output
    /// @param errors standard error
    public record Run(int exitCode, String output, String errors) {

        /// Fails the test unless the program ended well.
        public Run ok() {
            assertThat(exitCode).as("%s%n%s", output, errors).isZero();
            return this;
        }
    }

    /// Runs a command.
    public Run run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /// Runs a command with further environment variables.
    public Run run(Map<String, String> environment, List<String> command) {
        try {
            var output = Files.createTempFile(directory, "stdout", ".txt");
            var errors = Files.createTempFile(directory, "stderr", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command.getFirst() + " did not end within " + LIMIT + ": "
                        + Files.readString(output) + Files.readString(errors));
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.ISO_8859_1),
                    Files.readString(errors, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
        }
    }
}
