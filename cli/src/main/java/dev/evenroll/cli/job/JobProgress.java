package dev.evenroll.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// How far a job is.
///
/// @param state `receiving`, `interrupted`, `submitted`, `done`, or one that a newer gateway knows
/// @param submitted whether all its lines have been read
/// @param taken lines that are durable without a gap
/// @param lines number of lines; the highest that is known of as long as it is not submitted
/// @param pending lines that wait for a person
/// @param running lines that have not ended and wait for nobody
public record JobProgress(
        String jobId,
        String state,
        boolean submitted,
        long taken,
        long lines,
        long issued,
        long refused,
        long pending,
        long running) {

    static JobProgress read(JsonNode answer) throws IOException {
        return new JobProgress(
                JobAnswers.text(answer, "jobId"),
                JobAnswers.text(answer, "state"),
                answer.path("submitted").asBoolean(),
                JobAnswers.number(answer, "taken"),
                JobAnswers.number(answer, "lines"),
                JobAnswers.number(answer, "issued"),
                JobAnswers.number(answer, "refused"),
                JobAnswers.number(answer, "pending"),
                JobAnswers.number(answer, "running"));
    }

    /// Whether nothing more happens unless a person decides.
    public boolean rests() {
        return submitted && running == 0;
    }

    /// As the gateway writes it.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("jobId", jobId);
        fields.put("state", state);
        fields.put("submitted", submitted);
        fields.put("taken", taken);
        fields.put("lines", lines);
        fields.put("issued", issued);
        fields.put("refused", refused);
        fields.put("pending", pending);
        fields.put("running", running);
        return fields;
    }

    /// In words, on one line.
    @Override
    public String toString() {
        return lines + " lines: " + issued + " issued, " + refused + " refused, " + pending + " waiting for a person, "
                + running + " running";
    }
}
