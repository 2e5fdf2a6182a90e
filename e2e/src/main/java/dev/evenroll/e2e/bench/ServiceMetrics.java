package dev.evenroll.e2e.bench;

import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.stack.Service;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The metrics of a running service, as Prometheus reads them.
///
/// @param management base of its health and metrics
record ServiceMetrics(URI management) {

    private static final int LIMIT_MILLIS = 10_000;

    static ServiceMetrics of(Connection connection, Service service) {
        return new ServiceMetrics(Objects.requireNonNull(
                connection.management().get(service.serviceName()), "a stack manages each of its services"));
    }

    /// The sum over all labels of one metric; 0 when there is none.
    double sum(String name) throws IOException {
        return sum(name, "");
    }

    /// The same of those with one label.
    ///
    /// @param label `name="value"`
    double sum(String name, String label) throws IOException {
        return read().lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String read() throws IOException {
        var url = management.resolve("/q/metrics").toURL();
        if (!(url.openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
            throw new IOException(url + " is no address of metrics");
        }
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
