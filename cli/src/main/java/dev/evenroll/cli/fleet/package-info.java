/// Simulated chargers, honest and hostile, and the demonstration that enrolls them.
@NullMarked
package dev.evenroll.cli.fleet;

import org.jspecify.annotations.NullMarked;
