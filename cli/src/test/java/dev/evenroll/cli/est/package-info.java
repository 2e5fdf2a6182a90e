@NullMarked
package dev.evenroll.cli.est;

import org.jspecify.annotations.NullMarked;
