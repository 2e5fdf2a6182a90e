/// The transactional consume-transform-produce loop: each record read has its effect exactly once.
@NullMarked
package dev.evenroll.kafka.loop;

import org.jspecify.annotations.NullMarked;
