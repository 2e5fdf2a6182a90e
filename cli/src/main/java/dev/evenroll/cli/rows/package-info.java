/// Files of devices: a million rows in and out, read and judged one by one, sent in batches, taken up again after a
/// break. Memory is bounded but for a few bytes a row, by which a device is found that stands in a file twice.
@NullMarked
package dev.evenroll.cli.rows;

import org.jspecify.annotations.NullMarked;
