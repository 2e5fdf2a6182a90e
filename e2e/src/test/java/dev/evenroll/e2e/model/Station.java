package dev.evenroll.e2e.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/// The station of a factory line: curl with a registration authority's certificate.
///
/// @param directory of its files
record Station(RunningStack stack, Path directory, ClientIdentity identity) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String KEY = "shift-1";

    static Station of(RunningStack stack, Path directory, String name) throws Exception {
        var identity = stack.registrationAuthority(name);
        new CurlDevice(directory, stack.connection()).identifiedBy(identity);
        return new Station(stack, directory, identity);
    }

    /// Posts lines as a new job, and names it.
    String postsAnew(List<String> lines) throws IOException {
        return JSON.readTree(posts(lines, List.of())).get("jobId").asText();
    }

    /// Posts lines as the job of this shift, and names it.
    String posts(List<String> lines) throws IOException {
        return JSON.readTree(tries(lines)).get("jobId").asText();
    }

    /// What is answered to lines of the job of this shift.
    String tries(List<String> lines) throws IOException {
        return posts(lines, List.of("-H", "Idempotency-Key: " + KEY));
    }

    private String posts(List<String> lines, List<String> fields) throws IOException {
        Files.write(directory.resolve("job.ndjson"), lines);
        var options =
                new ArrayList<>(List.of("-H", "Content-Type: application/x-ndjson", "--data-binary", "@job.ndjson"));
        options.addAll(fields);
        return curl("/jobs", options.toArray(String[]::new)).output();
    }

    /// Begins to post lines of the job of this shift, and leaves open that more come.
    Socket begins(URI gateway, String path, List<String> lines) throws Exception {
        var anchors = Pem.decodeCertificates(Files.readString(stack.connection().caChain()));
        var socket = EstServer.of(gateway, anchors)
                .trusted()
                .context(Optional.of(identity))
                .getSocketFactory()
                .createSocket(gateway.getHost(), gateway.getPort());
        var request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: " + KEY
                + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"
                + String.join("\n", lines) + "\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /// The same, but all at once it is gone: as when it is killed.
    void breaksOff(URI gateway, String path, List<String> lines) throws Exception {
        var before = jobs().size();
        try (var socket = begins(gateway, path, lines)) {
            Awaitility.await().atMost(LIMIT).until(() -> jobs().size() == before + 1);
            var job = jobs().getFirst().get("jobId").asText();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> progress(job).get("issued").asInt() == lines.size());
            socket.setSoLinger(true, 0);
        }
    }

    /// The own jobs, newest first.
    List<JsonNode> jobs() throws IOException {
        var jobs = new ArrayList<JsonNode>();
        JSON.readTree(curl("/jobs").output()).get("jobs").forEach(jobs::add);
        return jobs;
    }

    JsonNode progress(String job) throws IOException {
        return JSON.readTree(curl("/jobs/" + job).output());
    }

    /// How far a job is once it has come into a state.
    JsonNode becomes(String job, String state) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> progress(job),
                        progress -> progress.get("state").asText().equals(state));
    }

    int status(String job) {
        return Integer.parseInt(
                curl("/jobs/" + job, "-o", "answer.txt", "-w", "%{http_code}").output());
    }

    List<JsonNode> results(String job) throws IOException {
        var results = new ArrayList<JsonNode>();
        for (var line : curl("/jobs/" + job + "/results").output().lines().toList()) {
            results.add(JSON.readTree(line));
        }
        return results;
    }

    private Tool.Run curl(String path, String... options) {
        var command = new ArrayList<>(List.of("curl", "-sS", "--http1.1", "--max-time", "60"));
        command.addAll(List.of("--cacert", stack.connection().caChain().toString()));
        command.addAll(List.of("--cert", "identity.pem", "--key", "identity.key"));
        command.addAll(List.of(options));
        command.add(stack.connection().est() + path);
        return new Tool(directory).run(command.toArray(String[]::new)).ok();
    }
}
