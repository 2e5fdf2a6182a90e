/// How often somebody may ask.
@NullMarked
package dev.evenroll.gateway.limit;

import org.jspecify.annotations.NullMarked;
