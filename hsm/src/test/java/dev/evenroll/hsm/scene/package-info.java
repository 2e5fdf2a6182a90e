/// A CA for tests, and keys that fail when they are told to.
@NullMarked
package dev.evenroll.hsm.scene;

import org.jspecify.annotations.NullMarked;
