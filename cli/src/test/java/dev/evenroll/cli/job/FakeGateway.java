package dev.evenroll.cli.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.evenroll.cli.tls.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The bulk interface of a gateway with one job in memory, whose lines end as the test says.
public final class FakeGateway implements AutoCloseable {

    public static final String JOB = "01234567-89ab-cdef-0123-456789abcdef.3.17";

    private final HttpsServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> results = new TreeMap<>();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile String posted = "";
    private final Set<String> keys = new ConcurrentSkipListSet<>();
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile int lines;
    private volatile int questionsBeforeRest;

    public FakeGateway(TestTls tls) throws IOException {
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.setHttpsConfigurator(new HttpsConfigurator(tls.server()) {
            @Override
            public void configure(HttpsParameters parameters) {
                var ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setWantClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server.createContext("/", this::serve);
        this.server.start();
    }

    public URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /// Who asked, method, path and query.
    public List<String> requests() {
        return requests;
    }

    /// The lines of the job, in however many parts they were posted.
    public String posted() {
        return posted;
    }

    /// The next upload is answered with a fault behind so many lines, which are taken.
    public void breaksAfter(int lines) {
        breakAfter = lines;
    }

    /// How a line ended: `issued`, `refused` or `pending`.
    public void ends(int line, String result) {
        var outcome = JsonNodeFactory.instance
                .objectNode()
                .put("line", line)
                .put("deviceId", "CP-" + line)
                .put("enrollmentId", "aa" + line)
                .put("result", result);
        if (result.equals("issued")) {
            outcome.put("certificate", "-----BEGIN CERTIFICATE-----\nü\n-----END CERTIFICATE-----\n");
        }
        synchronized (results) {
            results.put(line, outcome.toString());
        }
        lines = Math.max(lines, line);
    }

    public void hasLines(int number) {
        lines = number;
    }

    /// So many questions are answered as if lines were running still.
    public void restsAfter(int questions) {
        questionsBeforeRest = questions;
    }

    /// So many requests are answered with a fault first.
    public void failsAtFirst(int times) {
        faults.set(times);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = client((HttpsExchange) exchange) + " " + exchange.getRequestMethod() + " "
                    + exchange.getRequestURI();
            requests.add(asked);
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                answer(exchange, 503, "{\"title\":\"unavailable\",\"detail\":\"Come again.\"}");
                return;
            }
            route(exchange, body);
        }
    }

    private void route(HttpExchange exchange, String body) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (!client((HttpsExchange) exchange).equals("CN=line-3")) {
            answer(exchange, 403, "{\"status\":403,\"detail\":\"Only a registration authority may post jobs.\"}");
        } else if (path.equals("/jobs")) {
            if (exchange.getRequestMethod().equals("GET")) {
                var found = keys.contains(exchange.getRequestURI().getQuery().split("=", 2)[1]);
                answer(exchange, 200, "{\"jobs\":[" + (found ? "{\"jobId\":\"" + JOB + "\"}" : "") + "]}");
                return;
            }
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            take(exchange, "", body);
        } else if (path.equals("/jobs/" + JOB + "/lines")) {
            take(
                    exchange,
                    first(
                            posted,
                            Integer.parseInt(exchange.getRequestURI().getQuery().split("=", 2)[1])),
                    body);
        } else if (path.equals("/jobs/" + JOB)) {
            answer(exchange, 200, progress());
        } else if (path.equals("/jobs/" + JOB + "/results")) {
            answer(exchange, 200, page(exchange.getRequestURI().getQuery()));
        } else {
            answer(exchange, 404, "{\"detail\":\"There is no such job of this requester.\"}");
        }
    }

    private void take(HttpExchange exchange, String before, String body) throws IOException {
        posted = before + first(body, breakAfter);
        lines = Math.max(lines, (int) posted.lines().count());
        if (breakAfter < Integer.MAX_VALUE) {
            breakAfter = Integer.MAX_VALUE;
            answer(exchange, 503, "{\"title\":\"unavailable\",\"detail\":\"It broke.\"}");
        } else {
            answer(exchange, 202, "{\"jobId\":\"" + JOB + "\",\"lines\":" + lines + ",\"refused\":1}");
        }
    }

    private static String first(String text, int number) {
        return text.lines().limit(number).map(line -> line + "\n").collect(Collectors.joining());
    }

    private String progress() {
        synchronized (results) {
            int running = questionsBeforeRest > 0 ? 1 : lines - results.size();
            questionsBeforeRest--;
            return "{\"jobId\":\"" + JOB + "\",\"state\":\"submitted\",\"submitted\":true,\"taken\":"
                    + posted.lines().count() + ",\"lines\":" + lines + ",\"issued\":" + count("issued")
                    + ",\"refused\":" + count("refused") + ",\"pending\":" + count("pending") + ",\"running\":"
                    + running + "}";
        }
    }

    private long count(String result) {
        return results.values().stream()
                .filter(json -> json.contains("\"result\":\"" + result + "\""))
                .count();
    }

    private String page(String query) {
        var parameters = new TreeMap<String, Integer>();
        for (var pair : query.split("&", -1)) {
            parameters.put(pair.split("=", 2)[0], Integer.parseInt(pair.split("=", 2)[1]));
        }
        var page = new StringBuilder();
        synchronized (results) {
            results.entrySet().stream()
                    .filter(result -> result.getKey() > parameters.getOrDefault("after", 0))
                    .limit(parameters.getOrDefault("limit", 500))
                    .forEach(result -> page.append(result.getValue()).append('\n'));
        }
        return page.toString();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            exchange.getResponseHeaders().set("Content-Length", "0");
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String client(HttpsExchange exchange) {
        try {
            var certificate = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException none) {
            return "nobody";
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
