/// The Online Certificate Status Protocol: what a client asks about a certificate, and the signed answer (RFC 6960,
/// within the profile of RFC 5019; nonces of RFC 9654).
@NullMarked
package dev.evenroll.pki.ocsp;

import org.jspecify.annotations.NullMarked;
