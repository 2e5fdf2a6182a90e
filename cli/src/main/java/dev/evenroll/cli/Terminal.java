package dev.evenroll.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The person in front of the command, if there is one.
public interface Terminal {

    /// Whether a person reads what is printed and can answer.
    boolean attended();

    /// The next line that the person types; empty at the end of input.
    Optional<String> answer() throws IOException;

    /// A secret that the person types, which is not shown; empty where nobody can.
    Optional<char[]> secret(String question);

    /// Standard input, for commands that read it as a file.
    InputStream input();

    /// The terminal of this process.
    static Terminal ofProcess() {
        return new Terminal() {
            @Override
            @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to the console that is null without a terminal.
            public boolean attended() {
                var console = System.console();
                return console != null && console.isTerminal();
            }

            @Override
            public Optional<String> answer() throws IOException {
                // Not closed: standard input is not ours.
                return Optional.ofNullable(
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
            }

            @Override
            @SuppressWarnings("SystemConsoleNull") // As above.
            public Optional<char[]> secret(String question) {
                var console = System.console();
                return console == null || !console.isTerminal()
                        ? Optional.empty()
                        : Optional.ofNullable(console.readPassword("%s", question));
            }

            @Override
            public InputStream input() {
                return System.in;
            }
        };
    }
}
