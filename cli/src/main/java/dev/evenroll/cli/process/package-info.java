/// Child processes: starting, watching, stopping, and what they leave behind.
@NullMarked
package dev.evenroll.cli.process;

import org.jspecify.annotations.NullMarked;
