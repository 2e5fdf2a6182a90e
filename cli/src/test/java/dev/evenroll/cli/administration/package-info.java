@NullMarked
package dev.evenroll.cli.administration;

import org.jspecify.annotations.NullMarked;
