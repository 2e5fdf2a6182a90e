package dev.evenroll.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.est.EstResponse.Field;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobQueries.Answer;
import dev.evenroll.gateway.job.JobState;
import dev.evenroll.gateway.job.LineResult;
import dev.evenroll.gateway.job.LineResult.Ending;
import dev.evenroll.gateway.job.ListedJob;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The answers of the bulk interface: JSON, JSON lines, and problem details (RFC 9457).
final class JobDocuments {

    private static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    private static final String PROBLEM = "application/problem+json";
    private static final JsonFactory FACTORY = new JsonFactory();

    private final CaCertificates caCertificates;

    JobDocuments(CaCertificates caCertificates) {
        this.caCertificates = caCertificates;
    }

    /// What is written into a document.
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static EstResponse submitted(JobId job, int lines, int refused) {
        return response(
                EstOutcome.ACCEPTED,
                JSON,
                object(json -> {
                    json.writeStringField("jobId", job.value());
                    json.writeNumberField("lines", lines);
                    json.writeNumberField("refused", refused);
                }),
                location(job));
    }

    static EstResponse progress(JobId job, Answer.Progress progress) {
        return response(EstOutcome.ANSWERED, JSON, object(json -> {
            json.writeStringField("jobId", job.value());
            json.writeStringField("state", progress.state().label());
            json.writeBooleanField("submitted", progress.submitted());
            json.writeNumberField("taken", progress.taken());
            json.writeNumberField("lines", progress.lines());
            json.writeNumberField("issued", progress.issued());
            json.writeNumberField("refused", progress.refused());
            json.writeNumberField("pending", progress.pending());
            json.writeNumberField("running", progress.running());
            if (progress.state() == JobState.INTERRUPTED) {
                json.writeStringField(
                        "next",
                        "Post the lines behind line " + progress.taken() + " to " + goOn(job, progress.taken())
                                + ", or nothing when that was the last.");
            }
        }));
    }

    /// Jobs, newest first.
    static EstResponse list(List<ListedJob> jobs) {
        return response(EstOutcome.ANSWERED, JSON, object(json -> {
            json.writeArrayFieldStart("jobs");
            for (var listed : jobs) {
                json.writeStartObject();
                json.writeStringField("jobId", listed.job().value());
                json.writeStringField("idempotencyKey", listed.idempotencyKey());
                json.writeStringField("openedAt", listed.openedAt().toString());
                json.writeBooleanField("submitted", listed.submitted());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /// Where an upload goes on.
    ///
    /// @param after the last line that has been taken
    static String goOn(JobId job, int after) {
        return path(job) + "/lines?after=" + after;
    }

    static String path(JobId job) {
        return JobTarget.PATH + "/" + job.value();
    }

    EstResponse results(List<LineResult> results) {
        var body = new StringBuilder();
        results.forEach(result -> body.append(object(json -> write(result, json))));
        return response(EstOutcome.ANSWERED, LINES, body.toString());
    }

    /// A problem.
    ///
    /// @param detail sentences that say why and what to do
    static EstResponse problem(EstOutcome outcome, String detail, Field... more) {
        return response(
                outcome,
                PROBLEM,
                object(json -> {
                    json.writeStringField("type", "about:blank");
                    json.writeStringField("title", outcome.label());
                    json.writeNumberField("status", outcome.status());
                    json.writeStringField("detail", detail);
                }),
                more);
    }

    static Field location(JobId job) {
        return new Field("Location", path(job));
    }

    private void write(LineResult result, JsonGenerator json) throws IOException {
        json.writeNumberField("line", result.line());
        json.writeStringField("deviceId", result.deviceId());
        json.writeStringField("enrollmentId", result.enrollmentId());
        switch (result.ending()) {
            case Ending.Issued(var certificate) -> {
                json.writeStringField("result", "issued");
                json.writeStringField("certificate", chain(certificate));
            }
            case Ending.Refused(var findings) -> {
                json.writeStringField("result", "refused");
                json.writeArrayFieldStart("errors");
                for (var finding : findings) {
                    json.writeStartObject();
                    json.writeStringField("rule", finding.rule());
                    json.writeStringField("message", finding.message());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            case Ending.Pending() -> json.writeStringField("result", "pending");
        }
    }

    /// The certificate and the CAs above it but for the root, which a device has to know anyway.
    private String chain(Der certificate) {
        var chain = new ArrayList<X509Certificate>();
        try {
            chain.add(Certificates.decode(certificate));
        } catch (MalformedException e) {
            throw new IllegalStateException("A certificate of our own CA can not be read.", e);
        }
        chain.addAll(caCertificates.above(chain.getFirst()));
        return Pem.encode(chain);
    }

    private static String object(Content content) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing JSON into memory failed.", e);
        }
        return text.append('\n').toString();
    }

    private static EstResponse response(EstOutcome outcome, String type, String body, Field... more) {
        var fields = new ArrayList<>(List.of(more));
        fields.add(new Field("Content-Type", type));
        fields.add(new Field("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length)));
        return new EstResponse(outcome, fields, body);
    }
}
