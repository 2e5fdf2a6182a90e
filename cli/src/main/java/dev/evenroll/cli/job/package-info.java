/// Bulk jobs of factory lines: requests for many devices in one upload, and what became of them.
@NullMarked
package dev.evenroll.cli.job;

import org.jspecify.annotations.NullMarked;
