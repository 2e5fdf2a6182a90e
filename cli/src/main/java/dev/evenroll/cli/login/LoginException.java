package dev.evenroll.cli.login;

import dev.evenroll.cli.retry.FinalException;

/// There is no usable login, and only a person can make one. The message says how.
public final class LoginException extends FinalException {
    LoginException(String message) {
        super(message, null);
    }
}
