package dev.evenroll.cli.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--data`, mixed into every command that speaks to a stack.
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:EVENROLL_DATA}",
            description = "Data directory of the stack (default: $EVENROLL_DATA, else .evenroll in the project).")
    private @Nullable Path directory;

    /// Absolute path of the data directory, whether or not it exists.
    public Path directory() {
        return (directory == null ? Installation.locate().project().resolve(".evenroll") : directory)
                .toAbsolutePath()
                .normalize();
    }

    /// How to speak to the stack of that directory.
    public Connection connection() throws NoStackException {
        return Connection.read(directory());
    }
}
