package dev.evenroll.kafka.loop;

import dev.evenroll.kafka.client.BrokerContact;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/// How a loop stands with its consumer group and the broker, in words.
final class Contact {

    /// What is so until it is started.
    static final String NOT_STARTED = "is not started yet";

    /// What is so until the group has taken the loop in.
    static final String NOT_JOINED = "has not joined its consumer group yet";

    private static final String HANGING = "a transaction hangs: find and abort it with kafka-transactions.sh (KIP-664)";
    private static final String SAME_INSTANCE =
            "when this comes again and again, another process has the same evenroll.instance: give each replica one of"
                    + " its own";
    private static final String WITHOUT_POSITION =
            "waits to be told its position in its topics; when that lasts for minutes, " + HANGING;

    private Contact() {}

    /// What is wrong with a loop that gets no records; empty when nothing is.
    ///
    /// @param before what was wrong before
    static Optional<String> whileIdle(Consumer<String, byte[]> consumer, Optional<String> before) {
        var cutOff = BrokerContact.problem(consumer.metrics().values());
        if (cutOff.isPresent()) {
            return cutOff;
        }
        if (before.isEmpty() || nothingIsLeft(consumer)) {
            return Optional.empty();
        }
        return before.map(words -> NOT_JOINED.equals(words) && isMember(consumer) ? WITHOUT_POSITION : words);
    }

    private static boolean isMember(Consumer<String, byte[]> consumer) {
        return consumer.groupMetadata().generationId() > 0;
    }

    /// Whether the loop is a member of its group and has read all that there is: only then, or after a
    /// commit, a problem is over. A batch that fails again and again must not look well in between.
    private static boolean nothingIsLeft(Consumer<String, byte[]> consumer) {
        return isMember(consumer)
                && consumer.assignment().stream()
                        .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    /// What is wrong with a loop that has lost its session.
    static String lost(KafkaException lost) {
        return "lost its Kafka session: " + lost.getMessage() + (isFenced(lost) ? " (" + SAME_INSTANCE + ")" : "");
    }

    private static boolean isFenced(KafkaException lost) {
        return lost instanceof FencedInstanceIdException
                || lost instanceof ProducerFencedException
                || lost instanceof InvalidProducerEpochException;
    }

    /// What to do about a session that was lost.
    static String advice(KafkaException lost) {
        return switch (lost) {
            case AuthorizationException _ ->
                "The broker denies access; create the access rules of deploy/acls.yaml. Trying again";
            case TimeoutException _ ->
                "Kafka has not answered in time; opening a new session. When a committed offset can not be determined"
                        + " for minutes, " + HANGING;
            case KafkaException fenced
            when isFenced(fenced) -> "Kafka session lost; opening a new one: " + SAME_INSTANCE;
            default -> "Kafka session lost; opening a new one, the broker knows what was committed";
        };
    }
}
