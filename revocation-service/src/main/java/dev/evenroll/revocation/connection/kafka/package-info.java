/// Where what decides about connections comes from: compacted topics, read whole by each replica.
@NullMarked
package dev.evenroll.revocation.connection.kafka;

import org.jspecify.annotations.NullMarked;
