package dev.evenroll.issuer.scene;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A program that we did not write. Tests that need it are skipped where it is not installed, but not in CI.
public final class Command {

    /// How it ended.
    ///
    /// @param status the exit status
    /// @param output standard output and error together
    public record Result(int status, String output) {}

    private Command() {}

    public static Result run(Object... words) throws IOException, InterruptedException {
        Process process = start(Arrays.stream(words).map(Object::toString).toList());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static Process start(List<String> words) throws IOException {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                throw e;
            }
            return abort(words.getFirst() + " is not installed; install it to run this test");
        }
    }
}
