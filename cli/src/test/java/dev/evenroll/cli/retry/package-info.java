@NullMarked
package dev.evenroll.cli.retry;

import org.jspecify.annotations.NullMarked;
