@NullMarked
package dev.evenroll.policy;

import org.jspecify.annotations.NullMarked;
