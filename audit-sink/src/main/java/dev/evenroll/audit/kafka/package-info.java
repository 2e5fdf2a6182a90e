/// The loop that turns every event into an audit record, exactly once.
@NullMarked
package dev.evenroll.audit.kafka;

import org.jspecify.annotations.NullMarked;
