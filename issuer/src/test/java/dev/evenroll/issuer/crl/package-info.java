@NullMarked
package dev.evenroll.issuer.crl;

import org.jspecify.annotations.NullMarked;
