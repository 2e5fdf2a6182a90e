/// The CAs of this issuer: which of them makes a certificate now, and which has a given key.
@NullMarked
package dev.evenroll.issuer.authority;

import org.jspecify.annotations.NullMarked;
