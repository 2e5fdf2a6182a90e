/// The walls of this module.
@NullMarked
package dev.evenroll.hsm;

import org.jspecify.annotations.NullMarked;
