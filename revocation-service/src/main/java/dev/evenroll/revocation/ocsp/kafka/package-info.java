/// How OCSP responders ask for their certificates, and read them.
@NullMarked
package dev.evenroll.revocation.ocsp.kafka;

import org.jspecify.annotations.NullMarked;
