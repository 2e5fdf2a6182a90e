@NullMarked
package dev.evenroll.issuer.issuance;

import org.jspecify.annotations.NullMarked;
