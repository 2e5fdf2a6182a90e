@NullMarked
package dev.evenroll.issuer.pkcs11;

import org.jspecify.annotations.NullMarked;
