@NullMarked
package dev.evenroll.issuer.kafka;

import org.jspecify.annotations.NullMarked;
