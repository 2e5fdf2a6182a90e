/// What an audit record says, whatever event it comes from. Knows no Kafka, no Avro, no clock.
@NullMarked
package dev.evenroll.audit.log;

import org.jspecify.annotations.NullMarked;
