/// A manufacturer, a CA and devices to test with.
@NullMarked
package dev.evenroll.validator.simulation;

import org.jspecify.annotations.NullMarked;
