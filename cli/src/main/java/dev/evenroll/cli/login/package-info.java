/// Who the operator is to the services: a token that a login keeps, of the local stack or of an OpenID Connect
/// provider.
/// Tokens stand in one file that its owner alone may read, never in arguments, messages or logs.
@NullMarked
package dev.evenroll.cli.login;

import org.jspecify.annotations.NullMarked;
