@NullMarked
package dev.evenroll.cli.job;

import org.jspecify.annotations.NullMarked;
