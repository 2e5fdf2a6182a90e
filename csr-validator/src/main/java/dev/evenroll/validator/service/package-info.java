/// The application: configuration, wiring, life and health.
@NullMarked
package dev.evenroll.validator.service;

import org.jspecify.annotations.NullMarked;
