@NullMarked
package dev.evenroll.hsm.ceremony;

import org.jspecify.annotations.NullMarked;
