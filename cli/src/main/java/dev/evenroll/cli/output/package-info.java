/// What is printed: tables that fit a terminal for people, JSON for programs.
@NullMarked
package dev.evenroll.cli.output;

import org.jspecify.annotations.NullMarked;
