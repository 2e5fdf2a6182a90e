package dev.evenroll.cli;

/// A command that can not go on. The message is shown as it is: what was attempted, and what to do next.
public class FailedCommandException extends Exception {

    private final int exitCode;

    /// @param exitCode one of [ExitCode]
    public FailedCommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public FailedCommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
