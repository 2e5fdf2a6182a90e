/// The command `evenroll`, run as a user runs it.
@NullMarked
package dev.evenroll.e2e.command;

import org.jspecify.annotations.NullMarked;
