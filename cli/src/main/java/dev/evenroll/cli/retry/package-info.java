/// Faults that pass, and the patience to wait until they have.
@NullMarked
package dev.evenroll.cli.retry;

import org.jspecify.annotations.NullMarked;
