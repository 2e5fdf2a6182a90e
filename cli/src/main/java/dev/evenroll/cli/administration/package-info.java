/// Client of the administration interfaces of csr-validator and revocation-service, with locally signed tokens.
@NullMarked
package dev.evenroll.cli.administration;

import org.jspecify.annotations.NullMarked;
