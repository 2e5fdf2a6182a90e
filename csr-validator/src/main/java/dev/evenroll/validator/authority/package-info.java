/// The registry of registration authorities: what an operator may say of one, and where that is kept.
///
/// Pure: no Kafka, no Quarkus, no Avro, no clock.
@NullMarked
package dev.evenroll.validator.authority;

import org.jspecify.annotations.NullMarked;
