/// What devices and operators go through, from their side.
@NullMarked
package dev.evenroll.e2e.journey;

import org.jspecify.annotations.NullMarked;
