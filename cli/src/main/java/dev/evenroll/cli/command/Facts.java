package dev.evenroll.cli.command;

import dev.evenroll.cli.output.Printable;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Facts about one thing, a line each, for people.
final class Facts {

    private Facts() {}

    static void print(Map<String, ?> facts, PrintWriter out) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) ->
                out.println(name + " ".repeat(width - name.length()) + "  " + Printable.line(text(value))));
    }

    static String text(Object value) {
        return switch (value) {
            case Collection<?> several ->
                several.isEmpty() ? "-" : several.stream().map(String::valueOf).collect(Collectors.joining(", "));
            case Map<?, ?> parts ->
                parts.entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", "));
            default -> String.valueOf(value);
        };
    }
}
