/// The gateway's side of the topics: what it writes, what it reads, and how records become values of the
/// domain. Knows Kafka and Avro, knows nothing of HTTP.
@NullMarked
package dev.evenroll.gateway.kafka;

import org.jspecify.annotations.NullMarked;
