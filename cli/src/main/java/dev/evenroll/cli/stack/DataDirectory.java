package dev.evenroll.cli.stack;

import java.nio.file.Path;

/// Where a local stack keeps everything: keys, topics, states, logs. The one place that names its files.
///
/// @param root absolute path
record DataDirectory(Path root) {

    DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /// How to speak to the stack: [Connection].
    Path connection() {
        return root.resolve("connection.properties");
    }
}
