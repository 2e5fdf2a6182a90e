package dev.evenroll.e2e.bench;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.stack.Connection;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Registers devices by the hundred thousand, as an operator does: a CSV file and `evenroll device import`.
///
/// @param data where the files go; the stack's data directory is `stack` below it
/// @param connection to the stack
/// @param progress a line at a time
record BulkRegistration(Path data, Connection connection, Consumer<String> progress) {

    private static final int PROBES = 50;
    private static final Duration PAUSE = Duration.ofSeconds(1);

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
                        "%s,%s,EV-%d,CS-%s,Stadtwerke Beispiel,Depot %d%n",
                        id, connection.manufacturer().name(), number % 7, id, number % 1_000);
            }
        }
    }

    /// Waits until the services have read everything there is for them: what is measured next is not measured beside
    /// what was before.
    void awaitCaughtUp() throws IOException, InterruptedException {
        progress.accept("waiting until the services have caught up");
        try (var admin = Admin.create(provisioner())) {
            while (lag(admin) > 0) {
                Thread.sleep(PAUSE);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not tell how far the services are: " + e.getMessage(), e);
        }
    }

    /// Records of all groups that are not read yet.
    private static long lag(Admin admin) throws ExecutionException, InterruptedException {
        var names = admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .toList();
        var lag = 0L;
        for (var group : admin.describeConsumerGroups(names).all().get().values()) {
            var partitions = group.members().stream()
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .collect(Collectors.toSet());
            lag += lag(admin, group.groupId(), partitions);
        }
        return lag;
    }

    private static long lag(Admin admin, String group, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        var ends = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                .all()
                .get();
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    var offset = read.get(end.getKey());
                    // The end of a transaction takes an offset of its own, which no reader commits.
                    return Math.max(0, end.getValue().offset() - (offset == null ? 0 : offset.offset()) - 1);
                })
                .sum();
    }

    private Properties provisioner() throws IOException {
        var properties = new Properties();
        try (var in = new FileInputStream(
                stack().resolve("kafka/evenroll-provisioner.properties").toFile())) {
            properties.load(in);
        }
        return properties;
    }

    private Path stack() {
        return data.resolve("stack");
    }
}
