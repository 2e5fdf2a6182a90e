/// Whether a certification request proves that its key lives in hardware: the evidence in the request, and the
/// statement of a TPM 2.0 in it.
@NullMarked
package dev.evenroll.pki.attestation;

import org.jspecify.annotations.NullMarked;
