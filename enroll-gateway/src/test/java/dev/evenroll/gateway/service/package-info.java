@NullMarked
package dev.evenroll.gateway.service;

import org.jspecify.annotations.NullMarked;
