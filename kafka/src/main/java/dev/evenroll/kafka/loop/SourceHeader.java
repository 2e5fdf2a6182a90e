package dev.evenroll.kafka.loop;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/// The header of what a loop writes that says which record it was made of: `<topic>/<partition>/<offset>`, US-ASCII.
final class SourceHeader {

    static final String NAME = "evenroll-source";

    private static final String SEPARATOR = "/";

    private SourceHeader() {}

    static void write(ProducerRecord<String, byte[]> made, ConsumerRecord<String, byte[]> of) {
        var text = of.topic() + SEPARATOR + of.partition() + SEPARATOR + of.offset();
        made.headers().add(NAME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// The offset of the record that it was made of, when that stood in the given partition.
    static OptionalLong offset(Headers headers, TopicPartition source) {
        var header = headers.lastHeader(NAME);
        if (header == null || header.value() == null) {
            return OptionalLong.empty();
        }
        var prefix = source.topic() + SEPARATOR + source.partition() + SEPARATOR;
        var text = new String(header.value(), StandardCharsets.US_ASCII);
        if (!text.startsWith(prefix)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.substring(prefix.length())));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
