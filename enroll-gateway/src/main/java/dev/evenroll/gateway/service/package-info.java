/// The service as a Quarkus application: configuration, life, health.
@NullMarked
package dev.evenroll.gateway.service;

import org.jspecify.annotations.NullMarked;
