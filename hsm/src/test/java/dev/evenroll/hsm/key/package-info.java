@NullMarked
package dev.evenroll.hsm.key;

import org.jspecify.annotations.NullMarked;
