/// The CA key in a PKCS#11 token: the binding to the token's library, the sessions, what each fault means.
@NullMarked
package dev.evenroll.hsm.pkcs11;

import org.jspecify.annotations.NullMarked;
