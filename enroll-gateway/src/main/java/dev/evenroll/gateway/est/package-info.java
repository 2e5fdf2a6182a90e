/// Enrollment over Secure Transport (RFC 7030, RFC 8951) as values: addresses, request bodies, answers, in
/// the wire profile that the clients in the field take.
@NullMarked
package dev.evenroll.gateway.est;

import org.jspecify.annotations.NullMarked;
