/// Settings of Kafka clients: what the operator's properties file says, and on top of it what the pipeline's promises
/// need.
@NullMarked
package dev.evenroll.kafka.client;

import org.jspecify.annotations.NullMarked;
