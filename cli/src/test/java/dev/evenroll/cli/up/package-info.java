@NullMarked
package dev.evenroll.cli.up;

import org.jspecify.annotations.NullMarked;
