package dev.evenroll.cli.stack;

import java.util.List;

/// What the JVMs of the local stack compile for.
public enum Compilation {

    /// Ready soon, on a machine that has other things to do: the first compiler only.
    QUICK_START,

    /// Both compilers, as a JVM has it by itself and as the services run anywhere else. On two cores the stack
    /// takes half as long again to start, and once it is warm does twice as much.
    THROUGHPUT;

    List<String> flags() {
        return switch (this) {
            case QUICK_START -> List.of("-XX:TieredStopAtLevel=1");
            case THROUGHPUT -> List.of();
        };
    }
}
