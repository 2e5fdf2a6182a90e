@NullMarked
package dev.evenroll.gateway.authentication;

import org.jspecify.annotations.NullMarked;
