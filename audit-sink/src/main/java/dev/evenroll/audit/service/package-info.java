/// What Quarkus starts: configuration, the loop, health.
@NullMarked
package dev.evenroll.audit.service;

import org.jspecify.annotations.NullMarked;
