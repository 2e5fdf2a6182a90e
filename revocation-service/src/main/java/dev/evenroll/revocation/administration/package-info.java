/// The administration interface: certificates as JSON over HTTPS, for people with a role.
@NullMarked
package dev.evenroll.revocation.administration;

import org.jspecify.annotations.NullMarked;
