/// EST clients that we did not write.
@NullMarked
package dev.evenroll.e2e.client;

import org.jspecify.annotations.NullMarked;
