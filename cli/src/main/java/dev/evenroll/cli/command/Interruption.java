package dev.evenroll.cli.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

/// Ctrl-C, or SIGTERM, while a command is at work: it ends at once, and says a last sentence.
final class Interruption implements AutoCloseable {

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /// What is said from now until this is closed.
    static Interruption saying(Supplier<String> sentence, PrintWriter out) {
        var hook = Thread.ofPlatform().unstarted(() -> {
            out.println();
            out.println(sentence.get());
            out.flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException interrupted) {
            // The sentence is being said.
            return;
        }
    }
}
