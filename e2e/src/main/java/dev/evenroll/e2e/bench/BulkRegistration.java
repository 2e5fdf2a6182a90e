package dev.evenroll.e2e.bench;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.stack.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Registers devices by the hundred thousand, as an operator does: a CSV file and `evenroll device import`.
///
/// @param data where the files go; the stack's data directory is `stack` below it
/// @param connection to the stack
/// @param progress a line at a time
record BulkRegistration(Path data, Connection connection, Consumer<String> progress) {

    static final String OWNER = "Stadtwerke Beispiel";

    private static final int PROBES = 50;

    static String deviceId(int number) {
        return String.format("BENCH-%08d", number);
    }

    /// Registers the devices of a range.
    ///
    /// @return devices per second
    double register(int from, int to) throws IOException {
        var file = data.resolve("devices-" + from + ".csv");
        write(file, from, to);
        progress.accept(String.format("importing %,d devices", to - from));
        var out = new StringWriter();
        var begun = System.nanoTime();
        var status = Evenroll.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("device", "import", file.toString(), "--data", stack().toString(), "--output", "json");
        var seconds = (System.nanoTime() - begun) / 1e9;
        if (status != 0) {
            throw new IllegalStateException("The import ended with status " + status + ": " + out);
        }
        var rate = (to - from) / seconds;
        progress.accept(String.format("imported %,d devices in %.1f s: %.0f a second", to - from, seconds, rate));
        Files.delete(file);
        return rate;
    }

    /// Looks up devices all over the registry: one that says it is ready has to know them.
    void requireKnown(int devices) {
        for (var number = 0; number < devices; number += devices / PROBES) {
            var out = new StringWriter();
            var status = Evenroll.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(out, true))
                    .execute("device", "show", deviceId(number), "--data", stack().toString());
            if (status != 0) {
                throw new IllegalStateException("The registry is ready, and does not show a device: " + out);
            }
        }
    }

    private void write(Path file, int from, int to) throws IOException {
        try (var out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("deviceId,manufacturer,model,ocppIdentity,owner,site");
            for (int number = from; number < to; number++) {
                var id = deviceId(number);
                out.printf(
                        "%s,%s,EV-%d,CS-%s,%s,Depot %d%n",
                        id, connection.manufacturer().name(), number % 7, id, OWNER, number % 1_000);
            }
        }
    }

    /// Waits until the services have read everything there is for them: what is measured next is not measured beside
    /// what was before.
    void awaitCaughtUp() throws IOException, InterruptedException {
        progress.accept("waiting until the services have caught up");
        try (var lag = ConsumerLag.of(stack())) {
            lag.awaitNone();
        }
    }

    private Path stack() {
        return data.resolve("stack");
    }
}
