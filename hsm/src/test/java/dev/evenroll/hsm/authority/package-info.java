@NullMarked
package dev.evenroll.hsm.authority;

import org.jspecify.annotations.NullMarked;
