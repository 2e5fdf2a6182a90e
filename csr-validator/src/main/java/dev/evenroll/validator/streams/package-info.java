/// The topology: events in, decisions out. Avro records and Kafka clients end here.
/// [dev.evenroll.validator.administration].
@NullMarked
package dev.evenroll.validator.streams;

import org.jspecify.annotations.NullMarked;
