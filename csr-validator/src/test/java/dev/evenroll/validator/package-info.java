@NullMarked
package dev.evenroll.validator;

import org.jspecify.annotations.NullMarked;
