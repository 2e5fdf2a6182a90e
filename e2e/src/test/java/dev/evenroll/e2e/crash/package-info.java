/// Services killed at the worst moment.
@NullMarked
package dev.evenroll.e2e.crash;

import org.jspecify.annotations.NullMarked;
