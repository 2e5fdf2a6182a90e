@NullMarked
package dev.evenroll.cli.policy;

import org.jspecify.annotations.NullMarked;
