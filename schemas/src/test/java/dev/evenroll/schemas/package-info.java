@NullMarked
package dev.evenroll.schemas;

import org.jspecify.annotations.NullMarked;
