package dev.evenroll.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option `--directory` of a command that is never meant for a local stack by itself.
final class CaDirectoryOption {

    @Option(
            names = "--directory",
            required = true,
            paramLabel = "CA_DIR",
            description = "Directory of the CAs of one environment.")
    private Path directory = Path.of("");

    Path directory() {
        return directory;
    }
}
