/// What the project promises, tried.
@NullMarked
package dev.evenroll.e2e.promise;

import org.jspecify.annotations.NullMarked;
