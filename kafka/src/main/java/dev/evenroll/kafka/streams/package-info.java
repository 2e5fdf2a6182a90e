/// The life of a Kafka Streams application inside a service.
@NullMarked
package dev.evenroll.kafka.streams;

import org.jspecify.annotations.NullMarked;
