/// Certificate revocation lists: which shard a certificate belongs to, when a list is due, which signed
/// list is served.
@NullMarked
package dev.evenroll.revocation.crl;

import org.jspecify.annotations.NullMarked;
