@NullMarked
package dev.evenroll.cli.output;

import org.jspecify.annotations.NullMarked;
