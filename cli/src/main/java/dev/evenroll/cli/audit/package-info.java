/// Reading of the audit topic, as the principal that may do nothing else. Kafka and Avro stay in here.
@NullMarked
package dev.evenroll.cli.audit;

import org.jspecify.annotations.NullMarked;
