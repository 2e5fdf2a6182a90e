@NullMarked
package dev.evenroll.gateway.kafka;

import org.jspecify.annotations.NullMarked;
