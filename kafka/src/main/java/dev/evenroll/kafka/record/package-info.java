/// Records on their way to a topic of the table: events, dead letters, security observations.
@NullMarked
package dev.evenroll.kafka.record;

import org.jspecify.annotations.NullMarked;
