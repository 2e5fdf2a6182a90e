/// The Kafka Streams topology of the service, and the inventory that is kept in its stores.
@NullMarked
package dev.evenroll.revocation.streams;

import org.jspecify.annotations.NullMarked;
