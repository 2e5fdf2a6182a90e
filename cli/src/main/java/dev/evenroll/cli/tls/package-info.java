/// Client side of TLS with explicit trust: nothing of the JDK's own trust store is used.
@NullMarked
package dev.evenroll.cli.tls;

import org.jspecify.annotations.NullMarked;
