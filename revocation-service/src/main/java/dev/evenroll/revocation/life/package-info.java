/// The life of a certificate after its issuance: used, replaced, withdrawn, ended. Knows no Kafka, no clock.
@NullMarked
package dev.evenroll.revocation.life;

import org.jspecify.annotations.NullMarked;
