package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;

/// Revokes certificates of a fleet, by orders as the administration interface writes them.
///
/// @param fleet whose certificates
/// @param profile of their certificates
/// @param service writes the orders, and reads what comes of them
/// @param progress a line at a time
record Withdrawals(SyntheticFleet fleet, Profile profile, KafkaSettings service, Consumer<String> progress) {

    /// No event for so long: the machine may be busy, but not that busy.
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int TENTHS = 10;

    /// How fast a number of certificates was revoked.
    ///
    /// @param perSecond all of them
    /// @param firstTenth the first tenth, per second
    /// @param lastTenth the last tenth, per second
    record Pace(double perSecond, double firstTenth, double lastTenth) {}

    /// Orders them all at once, and waits until each is revoked. The times are those that the events carry.
    ///
    /// @param numbers of the devices, at least 20
    Pace revoke(int[] numbers) {
        try (var revoked = new TopicTail<>(service, Topics.CERTIFICATE_REVOKED, CertificateRevoked.class)) {
            order(numbers);
            var times = revoked.next(numbers.length, PATIENCE).stream()
                    .map(CertificateRevoked::getOccurredAt)
                    .sorted()
                    .toArray(Instant[]::new);
            int tenth = times.length / TENTHS;
            var pace = new Pace(
                    perSecond(times, 0, times.length - 1),
                    perSecond(times, 0, tenth - 1),
                    perSecond(times, times.length - tenth, times.length - 1));
            progress.accept(String.format(
                    "revoked %,d certificates: %.0f a second; the first tenth %.0f, the last %.0f",
                    times.length, pace.perSecond(), pace.firstTenth(), pace.lastTenth()));
            return pace;
        }
    }

    private static double perSecond(Instant[] times, int first, int last) {
        var millis = Duration.between(times[first], times[last]).toMillis();
        return (last - first) * 1e3 / Math.max(1, millis);
    }

    /// How long lists are still signed for what was revoked.
    Duration awaitLists() {
        try (var lists = lists()) {
            var settled = lists.awaitQuiet(SILENCE);
            progress.accept(String.format("the lists were signed %.1f s later", settled.toMillis() / 1000.0));
            return settled;
        }
    }

    private TopicTail<CrlSigned> lists() {
        return new TopicTail<>(service, Topics.CRL_SIGNED, CrlSigned.class);
    }

    /// From the order to revoke one certificate to the signed list with it, once no other list is due any more.
    ///
    /// @return milliseconds
    double untilOnList(int number) {
        try (var lists = lists()) {
            lists.awaitQuiet(SILENCE);
            int shard = profile.shard(SyntheticFleet.serialNumber(number).value());
            var begun = System.nanoTime();
            order(number);
            while (true) {
                for (var list : lists.next(1, PATIENCE)) {
                    if (list.getShard() == shard && list.getBaseCrlNumber() == null) {
                        return (System.nanoTime() - begun) / 1e6;
                    }
                }
            }
        }
    }

    private void order(int... numbers) {
        try (var producer = new KafkaProducer<String, byte[]>(service.producer())) {
            IntStream.of(numbers).mapToObj(fleet::revocation).forEach(order -> {
                var _ = producer.send(
                        Outgoing.to(Topics.REVOCATION_REQUESTED, fleet.environment(), order.getCertificateId(), order));
            });
        }
    }
}
