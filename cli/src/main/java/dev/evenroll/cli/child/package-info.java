/// What runs first in every child process of the local stack. Alone on its class path entry: no dependencies.
@NullMarked
package dev.evenroll.cli.child;

import org.jspecify.annotations.NullMarked;
