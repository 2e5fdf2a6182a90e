package dev.evenroll.cli.command;

import dev.evenroll.cli.output.Printable;
import java.io.PrintWriter;
import java.util.Map;

/// Facts about one thing, a line each, for people.
final class Facts {

    private Facts() {}

    static void print(Map<String, ?> facts, PrintWriter out) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) ->
                out.println(name + " ".repeat(width - name.length()) + "  " + Printable.line(String.valueOf(value))));
    }
}
