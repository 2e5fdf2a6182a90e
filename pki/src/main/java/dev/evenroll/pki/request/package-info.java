/// Certification requests (PKCS#10, RFC 2986): decoding, proof of possession, judgement of the key.
@NullMarked
package dev.evenroll.pki.request;

import org.jspecify.annotations.NullMarked;
