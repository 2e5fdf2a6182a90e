package dev.evenroll.cli.job;

import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.est.HttpAnswer;
import dev.evenroll.cli.est.HttpsConnection;
import dev.evenroll.cli.est.WireException;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.cli.tls.UntrustedServerException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;

/// The bulk interface of enroll-gateway, for a station of a factory line that proves itself with its certificate.
///
/// Every call may be repeated: the same line again is the same enrollment, and an upload under the same key is the same
/// job.
public final class Jobs {

    private static final Duration QUESTION_LIMIT = Duration.ofSeconds(30);
    /// The gateway itself ends an upload that stands still.
    private static final Duration UPLOAD_LIMIT = Duration.ofHours(2);
    /// A thousand results with their chains of RSA certificates, and then some.
    private static final int LARGEST_ANSWER_BYTES = 32 * 1024 * 1024;

    private final EstServer server;
    private final SSLContext context;

    /// @param server where the gateway listens for devices too
    public Jobs(EstServer server, ClientIdentity station) {
        this.server = server;
        this.context = server.trusted().context(Optional.of(station));
    }

    /// The job that was posted under a key; empty when there is none.
    public Optional<String> find(String key) throws FaultException, FinalException {
        return get("/jobs?idempotencyKey=" + key, text -> {
            var jobs = JobAnswers.object(text).path("jobs");
            return jobs.isEmpty() ? Optional.empty() : Optional.of(JobAnswers.text(jobs.get(0), "jobId"));
        });
    }

    /// Posts the lines of a file as a job.
    ///
    /// @param key by which the job is found again
    /// @param sent told of the bytes that are sent, in another thread
    public SubmittedJob submit(Path lines, String key, LongConsumer sent)
            throws FaultException, FinalException, IOException {
        // Opened before anything is sent: a file that can not be read is no fault of the gateway.
        try (var body = Files.newInputStream(lines)) {
            return post("/jobs", "Idempotency-Key: " + key + "\r\n", body, sent);
        }
    }

    /// Posts the lines of a file that a job lacks.
    ///
    /// @param after so many lines of the file have been taken
    /// @param sent told of the bytes up to where the upload has come, in another thread
    public SubmittedJob goOn(Path lines, String jobId, long after, LongConsumer sent)
            throws FaultException, FinalException, IOException {
        try (var body = new BufferedInputStream(Files.newInputStream(lines))) {
            long skipped = skipLines(body, after);
            return post("/jobs/" + jobId + "/lines?after=" + after, "", body, bytes -> sent.accept(skipped + bytes));
        }
    }

    private static long skipLines(InputStream body, long lines) throws IOException {
        long bytes = 0;
        for (long line = 0; line < lines; ) {
            int next = body.read();
            if (next < 0) {
                break;
            }
            bytes++;
            line += next == '\n' ? 1 : 0;
        }
        return bytes;
    }

    private SubmittedJob post(String path, String fields, InputStream body, LongConsumer sent)
            throws FaultException, FinalException {
        var head = head("POST", path) + fields
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
        return ask(
                UPLOAD_LIMIT,
                connection -> connection.upload(head, body, sent),
                text -> SubmittedJob.read(JobAnswers.object(text)));
    }

    public JobProgress progress(String jobId) throws FaultException, FinalException {
        return get("/jobs/" + jobId, text -> JobProgress.read(JobAnswers.object(text)));
    }

    /// What became of the lines behind a line, in their order; those that have not ended are left out.
    public List<LineOutcome> results(String jobId, long after, int limit) throws FaultException, FinalException {
        return get("/jobs/" + jobId + "/results?after=" + after + "&limit=" + limit, text -> {
            var outcomes = new ArrayList<LineOutcome>();
            for (var line : text.lines().filter(json -> !json.isBlank()).toList()) {
                outcomes.add(LineOutcome.read(line));
            }
            return outcomes;
        });
    }

    private <T> T get(String path, Reading<T> reading) throws FaultException, FinalException {
        var request = head("GET", path) + "\r\n";
        return ask(QUESTION_LIMIT, connection -> connection.exchange(request, LARGEST_ANSWER_BYTES), reading);
    }

    private <T> T ask(Duration limit, Exchange exchange, Reading<T> reading)
            throws FaultException, UntrustedServerException, RefusedException {
        try (var connection = HttpsConnection.open(context, server.address(), limit)) {
            return reading.read(JobAnswers.good(exchange.with(connection)));
        } catch (IOException e) {
            if (UntrustedServerException.isBehind(e)) {
                throw new UntrustedServerException("enroll-gateway at " + server.address(), e);
            }
            var what = e instanceof WireException ? "the server " + e.getMessage() : String.valueOf(e.getMessage());
            throw new FaultException(
                    "enroll-gateway at " + server.address() + " gave no usable answer: " + what + ".", e);
        }
    }

    private String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + server.address().getRawAuthority()
                + "\r\nAccept: application/json, application/x-ndjson, application/problem+json\r\n"
                + "Connection: close\r\n";
    }

    @FunctionalInterface
    private interface Exchange {
        HttpAnswer with(HttpsConnection connection) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(String text) throws IOException;
    }
}
