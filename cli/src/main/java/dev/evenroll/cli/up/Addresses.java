package dev.evenroll.cli.up;

import dev.evenroll.cli.stack.Connection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;

/// Where a running stack is to be found, and what to try next.
final class Addresses {

    private Addresses() {}

    static void print(Connection connection, Path dataDirectory, PrintWriter out) {
        out.println();
        row(out, "EST", connection.est() + "/.well-known/est");
        row(out, "registry", connection.registry() + "/devices");
        row(out, "certificates", connection.certificates() + "/certificates");
        row(out, "CRL", connection.crl() + "/crl/");
        row(out, "OCSP", connection.ocsp() + "/ocsp");
        row(out, "connections", connection.connections() + "/authorize, /trust-bundle");
        row(out, "Kafka client", connection.auditorClient().toString());
        row(out, "CA chain", connection.caChain().toString());
        row(out, "logs", dataDirectory.resolve("logs").toString());
        new TreeMap<>(connection.management())
                .forEach((service, url) -> row(out, "health, metrics", url + "/q/  " + service));
        out.println();
        out.println("Try in another terminal:");
        out.println("  ./evenroll device register CP-0001      then  ./evenroll enroll CP-0001");
        out.println("  ./evenroll certificate list             and   ./evenroll audit tail --from-beginning");
        out.println();
        out.flush();
    }

    private static void row(PrintWriter out, String name, String value) {
        out.printf("  %-16s %s%n", name, value);
    }
}
