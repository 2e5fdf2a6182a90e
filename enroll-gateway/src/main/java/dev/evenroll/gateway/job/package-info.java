/// Bulk jobs: a station of a factory line brings the requests of many devices as JSON lines, and comes back for what
/// has become of them.
@NullMarked
package dev.evenroll.gateway.job;

import org.jspecify.annotations.NullMarked;
