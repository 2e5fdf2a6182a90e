package dev.evenroll.cli.administration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.evenroll.cli.tls.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// An administration interface whose answers a test makes up. It remembers what it was asked.
public final class StubAdministration implements AutoCloseable {

    /// A request as it came.
    ///
    /// @param line method, path and query
    /// @param authorization the header
    /// @param headers of the request, names as they came with a capital letter
    public record Request(String line, String authorization, String body, Map<String, String> headers) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// An answer in JSON.
    ///
    /// @param headers besides those that every answer has
    public record Answer(int status, String json, Map<String, String> headers) {
        public Answer(int status, String json) {
            this(status, json, Map.of());
        }

        /// @param retryAfter header
        public Answer(int status, String json, String retryAfter) {
            this(status, json, Map.of("Retry-After", retryAfter));
        }

        public Answer with(String name, String value) {
            return new Answer(status, json, Map.of(name, value));
        }
    }

    private final HttpsServer server;
    private final Function<Request, Answer> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public StubAdministration(TestTls tls, Function<Request, Answer> answers) throws IOException {
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.setHttpsConfigurator(new HttpsConfigurator(tls.server()));
        this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server.createContext("/", this::serve);
        this.answers = answers;
        this.server.start();
    }

    public URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return requests;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders()
                            .getOrDefault("Authorization", List.of(""))
                            .getFirst(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    headers(exchange));
            requests.add(request);
            var answer = answers.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return headers;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
