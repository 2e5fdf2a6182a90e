/// Policies and certificate profiles in words, and trying a changed file of policies on what was decided before.
@NullMarked
package dev.evenroll.cli.policy;

import org.jspecify.annotations.NullMarked;
