/// Certification with the key at hand: the local stack, its roots and the parties of a test.
@NullMarked
package dev.evenroll.pki.authority;

import org.jspecify.annotations.NullMarked;
