/// The HTTP server that relying parties fetch revocation lists from.
@NullMarked
package dev.evenroll.revocation.publication;

import org.jspecify.annotations.NullMarked;
