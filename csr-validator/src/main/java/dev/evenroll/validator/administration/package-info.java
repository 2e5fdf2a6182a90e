/// The administration interface of the registry: HTTPS, JSON, bearer tokens with roles, problems as RFC 9457.
@NullMarked
package dev.evenroll.validator.administration;

import org.jspecify.annotations.NullMarked;
