package dev.evenroll.e2e.bench;

import dev.evenroll.cli.stack.Compilation;
import picocli.CommandLine.Option;

/// The option `--quick-start` of a measurement.
final class QuickStartOption {

    @Option(
            names = "--quick-start",
            description = "Compile with the first compiler only, for a trial: the figures are worth little.")
    private boolean given;

    /// What the JVMs of the stack compile for.
    Compilation compilation() {
        return given ? Compilation.QUICK_START : Compilation.THROUGHPUT;
    }
}
