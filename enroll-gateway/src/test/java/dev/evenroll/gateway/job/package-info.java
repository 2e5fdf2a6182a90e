@NullMarked
package dev.evenroll.gateway.job;

import org.jspecify.annotations.NullMarked;
