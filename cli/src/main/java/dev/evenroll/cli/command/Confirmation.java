package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import java.io.IOException;
import picocli.CommandLine.Option;

/// Asks before something ends that can not simply be taken up again.
final class Confirmation {

    private static final String YES = "(?i)y|yes";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /// Returns when the person agrees, or has agreed beforehand.
    ///
    /// @param question what is agreed to
    /// @param otherwise what is the case when nobody agrees
    /// @param consequences what will happen, a sentence each
    void ask(Asking command, String question, String otherwise, String... consequences)
            throws FailedCommandException, IOException {
        if (yes) {
            return;
        }
        if (!command.terminal().attended()) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    otherwise + " There is no terminal to ask at: look at what will happen, then give --yes.");
        }
        for (var consequence : consequences) {
            command.err().println(consequence);
        }
        command.err().print(question + " [y/N] ");
        command.err().flush();
        var answer = command.terminal().answer();
        if (answer.isEmpty() || !answer.get().strip().matches(YES)) {
            throw new FailedCommandException(
                    ExitCode.FAILED, otherwise + " Answer y, or give --yes where nobody can answer.");
        }
    }
}
