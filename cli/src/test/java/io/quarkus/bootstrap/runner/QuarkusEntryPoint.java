package io.quarkus.bootstrap.runner;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// A service that is ready at once and crashes on request: has the name of the main class of the real ones.
public final class QuarkusEntryPoint {

    /// Exit status of a crash on request.
    public static final int CRASHED = 7;

    private QuarkusEntryPoint() {}

    public static void main(String[] arguments) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(System.getProperty("quarkus.config.locations")))) {
            properties.load(reader);
        }
        var port = Integer.parseInt(properties.getProperty("quarkus.management.port"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/crash", exchange -> {
            System.out.println("crashing as asked");
            Runtime.getRuntime().halt(CRASHED);
        });
        server.start();
    }
}
