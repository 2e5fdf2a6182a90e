/// `evenroll up`: the local stack and the demonstration, as a person at a terminal or a program sees them.
@NullMarked
package dev.evenroll.cli.up;

import org.jspecify.annotations.NullMarked;
