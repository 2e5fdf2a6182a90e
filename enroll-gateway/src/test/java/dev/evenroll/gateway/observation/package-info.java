@NullMarked
package dev.evenroll.gateway.observation;

import org.jspecify.annotations.NullMarked;
