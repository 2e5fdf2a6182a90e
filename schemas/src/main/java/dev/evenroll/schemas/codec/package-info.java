/// How a record becomes the bytes of a Kafka value, and back: Avro single-object encoding (Avro 1.12
/// specification, "Single-object encoding": magic C3 01, 8-byte CRC-64-AVRO fingerprint, body), resolved from
/// the schema versions in this jar.
@NullMarked
package dev.evenroll.schemas.codec;

import org.jspecify.annotations.NullMarked;
