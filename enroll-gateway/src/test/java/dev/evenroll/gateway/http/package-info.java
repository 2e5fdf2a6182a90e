@NullMarked
package dev.evenroll.gateway.http;

import org.jspecify.annotations.NullMarked;
