/// The stack that the tests run against: started once, as `evenroll up` starts it.
@NullMarked
package dev.evenroll.e2e.stack;

import org.jspecify.annotations.NullMarked;
