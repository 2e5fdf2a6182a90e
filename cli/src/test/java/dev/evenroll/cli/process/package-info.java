@NullMarked
package dev.evenroll.cli.process;

import org.jspecify.annotations.NullMarked;
