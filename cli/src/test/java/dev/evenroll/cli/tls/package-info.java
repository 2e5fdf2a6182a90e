@NullMarked
package dev.evenroll.cli.tls;

import org.jspecify.annotations.NullMarked;
