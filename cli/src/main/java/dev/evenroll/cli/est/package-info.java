/// A device's side of EST (RFC 7030, RFC 8951): small and strict, as chargers in the field are.
@NullMarked
package dev.evenroll.cli.est;

import org.jspecify.annotations.NullMarked;
