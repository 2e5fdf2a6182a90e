package dev.evenroll.e2e.bench;

import dev.evenroll.cli.administration.ConnectionDesk;
import dev.evenroll.cli.fleet.SimulatedFleet;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.stack.Connection;
import dev.evenroll.pki.Pem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Connection authorization of a stack, measured: what nginx would ask, at a fixed rate.
final class AuthorizeBench {

    /// As nginx keeps them open (`keepalive 32`).
    static final int CONNECTIONS = 32;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NANOS_OF_MILLI = 1e6;

    private final int rate;
    private final int seconds;
    private final int devices;
    private final Consumer<String> progress;
    private final Connection connection;

    /// A benchmark that has not run yet.
    ///
    /// @param rate questions per second
    /// @param seconds for which they are asked
    /// @param connection to the stack
    AuthorizeBench(int rate, int seconds, int devices, Consumer<String> progress, Connection connection) {
        this.rate = rate;
        this.seconds = seconds;
        this.devices = devices;
        this.progress = progress;
        this.connection = connection;
    }

    Map<String, Object> run() throws Exception {
        progress.accept("enrolling " + devices + " devices");
        var questions = questions();
        progress.accept("warming up");
        ask(questions, Math.max(1, seconds / 3));
        progress.accept("asking " + rate + " times a second");
        var nanos = ask(questions, seconds);
        var figures = new LinkedHashMap<String, Object>();
        figures.put("questionsPerSecond", rate);
        figures.put("questions", nanos.length);
        figures.put("p50Millis", millis(nanos, 0.5));
        figures.put("p99Millis", millis(nanos, 0.99));
        figures.put("mostMillis", millis(nanos, 1));
        return figures;
    }

    private static double millis(long[] sorted, double quantile) {
        var at = (int) Math.ceil(quantile * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, at)] / NANOS_OF_MILLI * 100) / 100.0;
    }

    /// What nginx asks about each device, as bytes.
    private List<byte[]> questions() throws Exception {
        var questions = new ArrayList<byte[]>();
        try (var fleet = SimulatedFleet.at(connection, "bench", PATIENCE);
                var desk = new ConnectionDesk(connection.connections())) {
            for (int i = 0; i < devices; i++) {
                var id = String.format("BENCH-%05d", i);
                var pem = Pem.encode(fleet.registered(id).enrolls().receivesCertificate());
                questions.add(("GET /authorize/nginx HTTP/1.1\r\nHost: authorization\r\nX-Original-URI: /ocpp/" + id
                                + "\r\nX-SSL-Client-Cert: "
                                + URLEncoder.encode(pem, StandardCharsets.US_ASCII)
                                        .replace("+", "%20")
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                if (i == devices - 1) {
                    awaitKnown(desk, pem, id);
                }
            }
        }
        return questions;
    }

    /// The replica of the registry learns of a device a moment after the registry.
    private static void awaitKnown(ConnectionDesk desk, String pem, String id) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!authorized(desk, pem, id)) {
            if (System.nanoTime() > end) {
                throw new FailedStartException("Connection authorization does not let " + id + " in within " + PATIENCE
                        + "; see the log of revocation-service.");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private static boolean authorized(ConnectionDesk desk, String pem, String id) throws Exception {
        try {
            return desk.ask(pem, id) instanceof ConnectionDesk.Decision.Authorized;
        } catch (FaultException notReady) {
            return false;
        }
    }

    /// The times from when each question was due to its answer, sorted.
    private long[] ask(List<byte[]> questions, int forSeconds) throws Exception {
        var address = connection.connections();
        long begin = System.nanoTime() + Duration.ofMillis(200).toNanos();
        int each = rate * forSeconds / CONNECTIONS;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<long[]>>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                int first = connection;
                asked.add(threads.submit(
                        () -> QuestionLine.ask(address, questions, begin, rate, first, CONNECTIONS, each)));
            }
            var all = new long[each * CONNECTIONS];
            int filled = 0;
            for (var part : asked) {
                var nanos = part.get();
                System.arraycopy(nanos, 0, all, filled, nanos.length);
                filled += nanos.length;
            }
            Arrays.sort(all);
            return all;
        }
    }
}
