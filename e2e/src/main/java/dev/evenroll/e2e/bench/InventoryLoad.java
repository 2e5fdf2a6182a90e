package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Brings devices with certificates into the inventory: writes what the registry and the issuer say of them, and waits
/// until the inventory has entered each certificate and has said that it is installed.
///
/// @param fleet makes the events
/// @param profiles of the stack
/// @param validator writes `device.registry`
/// @param issuer writes `certificate.issued`
/// @param metrics of revocation-service, whose process has entered all certificates before
/// @param progress a line at a time
record InventoryLoad(
        SyntheticFleet fleet,
        InventoryProfiles profiles,
        KafkaSettings validator,
        KafkaSettings issuer,
        ServiceMetrics metrics,
        Consumer<String> progress) {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LINGER_MILLIS = 20;

    /// Brings the devices of a range in.
    ///
    /// @return certificates per second
    double load(DueDevices due) throws IOException, InterruptedException {
        var number = due.to() - due.from();
        progress.accept(String.format("%,d certificates", number));
        var begun = System.nanoTime();
        write(due);
        awaitInstalled(due.to());
        var seconds = (System.nanoTime() - begun) / 1e9;
        progress.accept(String.format(
                "%,d certificates in the inventory after %.1f s: %.0f a second", number, seconds, number / seconds));
        return number / seconds;
    }

    private void write(DueDevices due) {
        var start = fleet.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        try (var registry = producer(validator);
                var issued = producer(issuer)) {
            for (int number = due.from(); number < due.to(); number++) {
                var member = member(number, due, start);
                var id = member.issued().getDeviceId();
                var environment = fleet.environment();
                var _ = registry.send(Outgoing.to(Topics.DEVICE_REGISTRY, environment, id, member.registered()));
                var _ = issued.send(Outgoing.to(Topics.CERTIFICATE_ISSUED, environment, id, member.issued()));
            }
        }
    }

    private SyntheticFleet.Member member(int number, DueDevices due, Instant start) {
        var moment = due.moment(number);
        return moment.isPresent()
                ? fleet.member(
                        number, profiles.soonDue(), due.at(moment.getAsInt()).minus(InventoryProfiles.DUE_AFTER))
                : fleet.member(number, profiles.usual(), start);
    }

    private static KafkaProducer<String, byte[]> producer(KafkaSettings writer) {
        var settings = writer.producer();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        return new KafkaProducer<>(settings);
    }

    private void awaitInstalled(int all) throws IOException, InterruptedException {
        var before = -1L;
        var last = System.nanoTime();
        for (var installed = installed(); installed < all; installed = installed()) {
            if (installed > before) {
                before = installed;
                last = System.nanoTime();
            } else if (System.nanoTime() - last > PATIENCE.toNanos()) {
                throw new IllegalStateException(installed + " of " + all
                        + " certificates are in the inventory, and no more come: see the log of revocation-service.");
            }
            Thread.sleep(PAUSE);
        }
    }

    private long installed() throws IOException {
        return (long) metrics.sum("evenroll_certificates_total", "state=\"installed\"");
    }
}
