@NullMarked
package dev.evenroll.cli.qr;

import org.jspecify.annotations.NullMarked;
