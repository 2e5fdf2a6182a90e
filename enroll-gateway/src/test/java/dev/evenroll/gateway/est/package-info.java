@NullMarked
package dev.evenroll.gateway.est;

import org.jspecify.annotations.NullMarked;
