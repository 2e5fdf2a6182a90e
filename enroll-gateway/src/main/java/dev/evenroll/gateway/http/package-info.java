/// The EST server: TLS with client certificates, HTTP/1.1 in the wire profile of the clients in the field,
/// limits against slow and large requests. Knows Vert.x, knows nothing of Kafka.
@NullMarked
package dev.evenroll.gateway.http;

import org.jspecify.annotations.NullMarked;
