@NullMarked
package dev.evenroll.cli.rows;

import org.jspecify.annotations.NullMarked;
