package dev.evenroll.cli.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A service that is ready at once and crashes on request: stands in for the real ones where a test is about the stack
/// around them.
public final class FakeService {

    /// Exit status of a crash on request.
    private static final int CRASHED = 7;

    private FakeService() {}

    /// Puts it where the build puts a service's application.
    static void build(Path module) throws IOException, URISyntaxException {
        var jar = module.resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        var classes = FakeService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        attributes.put(Attributes.Name.CLASS_PATH, classes.toString());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

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
