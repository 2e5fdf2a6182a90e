/// What Quarkus starts: configuration, the parts put together, health and metrics.
@NullMarked
package dev.evenroll.revocation.runtime;

import org.jspecify.annotations.NullMarked;
