/// What the tests of the gateway share.
@NullMarked
package dev.evenroll.gateway;

import org.jspecify.annotations.NullMarked;
