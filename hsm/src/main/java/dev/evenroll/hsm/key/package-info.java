/// The key of the CA: a port, and what stands behind it. Nothing else in the project holds it.
@NullMarked
package dev.evenroll.hsm.key;

import org.jspecify.annotations.NullMarked;
