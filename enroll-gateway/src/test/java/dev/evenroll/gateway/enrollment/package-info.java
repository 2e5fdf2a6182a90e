@NullMarked
package dev.evenroll.gateway.enrollment;

import org.jspecify.annotations.NullMarked;
