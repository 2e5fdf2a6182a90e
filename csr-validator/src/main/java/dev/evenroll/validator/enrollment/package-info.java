/// Where an enrollment stands between the decision and its end, and whom a key belongs to.
///
/// Pure: no Kafka, no Quarkus, no Avro, no clock.
@NullMarked
package dev.evenroll.validator.enrollment;

import org.jspecify.annotations.NullMarked;
