/// Certificate revocation lists (RFC 5280 section 5): preparing, checking, assembling, reading.
@NullMarked
package dev.evenroll.pki.crl;

import org.jspecify.annotations.NullMarked;
