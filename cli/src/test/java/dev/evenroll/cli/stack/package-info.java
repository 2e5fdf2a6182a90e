@NullMarked
package dev.evenroll.cli.stack;

import org.jspecify.annotations.NullMarked;
