/// Programs that we did not write: run as a user would, in a directory of their own.
@NullMarked
package dev.evenroll.e2e.tool;

import org.jspecify.annotations.NullMarked;
