package dev.evenroll.cli;

/// What `evenroll` answers to the shell. A signal ends it with 128 + the number of the signal.
public final class ExitCode {

    /// Done as asked.
    public static final int OK = 0;
    /// Understood, but refused or failed; the reason is on standard error.
    public static final int FAILED = 1;
    /// The command line is wrong: nothing was tried.
    public static final int USAGE = 2;
    /// The stack does not run, or can not be reached.
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
