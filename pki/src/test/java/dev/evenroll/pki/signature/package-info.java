/// Tests of the signatures: that what is accepted does not depend on the machine.
@NullMarked
package dev.evenroll.pki.signature;

import org.jspecify.annotations.NullMarked;
