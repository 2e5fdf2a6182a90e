/// One enrollment as the gateway sees it: a request that is handed to the pipeline, parked, and answered when
/// its outcome comes back. Steps 1 and 6 of the enrollment cycle.
@NullMarked
package dev.evenroll.gateway.enrollment;

import org.jspecify.annotations.NullMarked;
