/// Stands in for the services where a test is about the stack around them.
@NullMarked
package io.quarkus.bootstrap.runner;

import org.jspecify.annotations.NullMarked;
