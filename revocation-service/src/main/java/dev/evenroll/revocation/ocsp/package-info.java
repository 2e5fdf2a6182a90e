/// The answers of OCSP (RFC 6960): who may sign them, and what they say. Pure: no Kafka, no HTTP, no clock of its own.
@NullMarked
package dev.evenroll.revocation.ocsp;

import org.jspecify.annotations.NullMarked;
