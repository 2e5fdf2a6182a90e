/// The benchmark: what the product promises in numbers, measured in one run on one machine, as ratios where the machine
/// is noisy.
@NullMarked
package dev.evenroll.e2e.bench;

import org.jspecify.annotations.NullMarked;
