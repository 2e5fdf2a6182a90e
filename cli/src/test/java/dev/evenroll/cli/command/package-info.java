@NullMarked
package dev.evenroll.cli.command;

import org.jspecify.annotations.NullMarked;
