package dev.evenroll.e2e.model;

import dev.evenroll.e2e.stack.RunningStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The policies of the stack while a test runs; those before come back at its end.
record Policies(Path file, String before) implements AutoCloseable {

    static Policies of(RunningStack stack, String text) throws IOException {
        var file = stack.data().resolve("policies.yaml");
        var before = Files.readString(file);
        Files.writeString(file, text);
        return new Policies(file, before);
    }

    @Override
    public void close() throws IOException {
        Files.writeString(file, before);
    }
}
