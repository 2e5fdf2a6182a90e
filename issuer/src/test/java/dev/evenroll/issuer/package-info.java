@NullMarked
package dev.evenroll.issuer;

import org.jspecify.annotations.NullMarked;
