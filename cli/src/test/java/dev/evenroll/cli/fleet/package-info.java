@NullMarked
package dev.evenroll.cli.fleet;

import org.jspecify.annotations.NullMarked;
