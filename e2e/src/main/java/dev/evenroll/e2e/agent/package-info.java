/// The Java agent of the tests and benchmarks, which changes what a service does at one point. The services know
/// nothing of it.
@NullMarked
package dev.evenroll.e2e.agent;

import org.jspecify.annotations.NullMarked;
