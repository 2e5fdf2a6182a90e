package dev.evenroll.cli.policy;

import dev.evenroll.cli.policy.DecisionLine.UnusableLineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A file of recorded decisions, one a line.
///
/// @param decisions in the order of their time
/// @param badLines lines that hold none
public record RecordedDecisions(List<RecordedDecision> decisions, List<BadLine> badLines) {

    /// A line that can not be used.
    ///
    /// @param line from 1
    /// @param reason the field, and what is wrong with it
    public record BadLine(int line, String reason) {}

    public RecordedDecisions {
        decisions = List.copyOf(decisions);
        badLines = List.copyOf(badLines);
    }

    /// Reads a file; empty lines say nothing.
    ///
    /// @throws IOException when it can not be read
    public static RecordedDecisions read(Path file) throws IOException {
        var decisions = new ArrayList<RecordedDecision>();
        var badLines = new ArrayList<BadLine>();
        // Bytes that are no UTF-8 become U+FFFD, and the line is judged like any other.
        try (var reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    decisions.add(DecisionLine.read(line));
                } catch (UnusableLineException e) {
                    badLines.add(new BadLine(number, String.valueOf(e.getMessage())));
                }
            }
        }
        decisions.sort(Comparator.comparing(RecordedDecision::at));
        return new RecordedDecisions(decisions, badLines);
    }
}
