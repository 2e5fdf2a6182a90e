package dev.evenroll.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A job that the gateway has taken in.
///
/// @param lines of all its uploads
/// @param refused lines that hold no usable request
public record SubmittedJob(String jobId, long lines, long refused) {

    static SubmittedJob read(JsonNode answer) throws IOException {
        return new SubmittedJob(
                JobAnswers.text(answer, "jobId"),
                JobAnswers.number(answer, "lines"),
                JobAnswers.number(answer, "refused"));
    }

    /// As the gateway writes it.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("jobId", jobId);
        fields.put("lines", lines);
        fields.put("refused", refused);
        return fields;
    }
}
