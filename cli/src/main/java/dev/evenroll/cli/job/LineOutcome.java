package dev.evenroll.cli.job;

import dev.evenroll.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What became of one line, as the gateway wrote it.
///
/// @param line its number, from 1
/// @param result `issued`, `refused`, `pending`, or one that a newer gateway knows
/// @param json the whole of it, on one line
public record LineOutcome(long line, String result, String json) {

    /// Reads a line of results.
    ///
    /// @throws IOException when it is none
    public static LineOutcome read(String json) throws IOException {
        var outcome = Json.parse(json.getBytes(StandardCharsets.UTF_8));
        return new LineOutcome(JobAnswers.number(outcome, "line"), JobAnswers.text(outcome, "result"), json);
    }

    /// Whether nothing else becomes of it.
    public boolean isFinal() {
        return !result.equals("pending");
    }
}
