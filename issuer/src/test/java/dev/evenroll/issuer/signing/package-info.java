@NullMarked
package dev.evenroll.issuer.signing;

import org.jspecify.annotations.NullMarked;
