/// Tests of the service, and the CA and the clock that they share.
@NullMarked
package dev.evenroll.revocation;

import org.jspecify.annotations.NullMarked;
