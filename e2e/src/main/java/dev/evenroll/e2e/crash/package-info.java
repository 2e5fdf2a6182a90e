/// A Java agent that holds a service still at one step, so that a test can kill it exactly there. The
/// services know nothing of it.
@NullMarked
package dev.evenroll.e2e.crash;

import org.jspecify.annotations.NullMarked;
