/// The decision: who may have a certificate. One rule per file in [dev.evenroll.validator.validation.rule];
/// all failures are collected.
///
/// Pure: no Kafka, no Quarkus, no Avro; the clock is injected.
@NullMarked
package dev.evenroll.validator.validation;

import org.jspecify.annotations.NullMarked;
