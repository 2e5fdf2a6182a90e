/// ASN.1 as this project accepts and writes it: strict DER in, DER out.
@NullMarked
package dev.evenroll.pki.asn1;

import org.jspecify.annotations.NullMarked;
