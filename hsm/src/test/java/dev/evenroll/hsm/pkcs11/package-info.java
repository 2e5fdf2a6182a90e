@NullMarked
package dev.evenroll.hsm.pkcs11;

import org.jspecify.annotations.NullMarked;
