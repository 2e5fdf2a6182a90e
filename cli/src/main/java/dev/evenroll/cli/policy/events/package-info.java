/// Reading of decisions by policy from their topics. Kafka and Avro stay in here.
@NullMarked
package dev.evenroll.cli.policy.events;

import org.jspecify.annotations.NullMarked;
