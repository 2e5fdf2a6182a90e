/// The subcommands of `evenroll` that act on a running stack.
@NullMarked
package dev.evenroll.cli.command;

import org.jspecify.annotations.NullMarked;
