/// X.509 and PKCS without a network: requests, certificates, revocation lists, their encoding and their
/// rules.
///
/// Nothing below this package reads a clock, knows a message broker or holds a key that it was not handed.
/// Bouncy Castle is called by name ([BouncyCastle]); no provider is ever installed for the whole process.
@NullMarked
package dev.evenroll.pki;

import org.jspecify.annotations.NullMarked;
