/// The device registry as a life cycle: what an operator may say of a device, and what becomes of a command.
///
/// Pure: no Kafka, no Quarkus, no Avro, no clock.
@NullMarked
package dev.evenroll.validator.registry;

import org.jspecify.annotations.NullMarked;
