/// Creates topics and access rules on a broker from the table of topics.
@NullMarked
package dev.evenroll.kafka.provision;

import org.jspecify.annotations.NullMarked;
