@NullMarked
package dev.evenroll.cli.policy.events;

import org.jspecify.annotations.NullMarked;
