/// Making a certificate in two steps: prepare what will be signed, then assemble it with the signature.
@NullMarked
package dev.evenroll.pki.issuance;

import org.jspecify.annotations.NullMarked;
