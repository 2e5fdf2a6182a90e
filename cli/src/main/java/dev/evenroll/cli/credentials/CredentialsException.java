package dev.evenroll.cli.credentials;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;

/// The files of a device are not such that the command could go on.
public final class CredentialsException extends FailedCommandException {

    CredentialsException(String message) {
        super(ExitCode.FAILED, message);
    }
}
