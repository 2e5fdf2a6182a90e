/// Where an enrollment stands beside the judgement: waiting for a person, in flight, ended; and what it uses
/// up: an installer's token, a policy's quota, a key.
///
/// Pure: no Kafka, no Quarkus, no Avro, no clock.
@NullMarked
package dev.evenroll.validator.enrollment;

import org.jspecify.annotations.NullMarked;
