/// Plain Kafka clients of the service: the reader of signed lists and the writer of orders and
/// observations.
@NullMarked
package dev.evenroll.revocation.kafka;

import org.jspecify.annotations.NullMarked;
