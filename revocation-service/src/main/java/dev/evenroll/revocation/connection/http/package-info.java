/// What a TLS front asks, over HTTP: whether a device may connect, and which CAs to trust.
@NullMarked
package dev.evenroll.revocation.connection.http;

import org.jspecify.annotations.NullMarked;
