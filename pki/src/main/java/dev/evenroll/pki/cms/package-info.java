/// Certificates in a CMS envelope without a signature, as EST delivers them.
@NullMarked
package dev.evenroll.pki.cms;

import org.jspecify.annotations.NullMarked;
