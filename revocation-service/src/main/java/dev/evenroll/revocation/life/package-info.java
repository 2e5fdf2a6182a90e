/// The life of a certificate after its issuance: issued, and perhaps revoked. Knows no Kafka, no clock.
@NullMarked
package dev.evenroll.revocation.life;

import org.jspecify.annotations.NullMarked;
