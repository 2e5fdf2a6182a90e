/// Files of the data directory: whole or absent, and for their owner only.
@NullMarked
package dev.evenroll.cli.files;

import org.jspecify.annotations.NullMarked;
