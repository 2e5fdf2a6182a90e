/// The command `evenroll`: what an operator or an installer types, and the local stack and fleet that it starts.
@NullMarked
package dev.evenroll.cli;

import org.jspecify.annotations.NullMarked;
