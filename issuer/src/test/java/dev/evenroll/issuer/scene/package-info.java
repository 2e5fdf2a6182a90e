/// What the tests of the issuer share: a CA, a key that fails on demand, events.
@NullMarked
package dev.evenroll.issuer.scene;

import org.jspecify.annotations.NullMarked;
