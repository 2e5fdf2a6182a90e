@NullMarked
package dev.evenroll.cli.trust;

import org.jspecify.annotations.NullMarked;
