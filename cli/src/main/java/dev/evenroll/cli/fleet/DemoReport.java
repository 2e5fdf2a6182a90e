package dev.evenroll.cli.fleet;

import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// A [DemoResult] for people and for programs.
public final class DemoReport {

    private final DemoResult result;

    public DemoReport(DemoResult result) {
        this.result = result;
    }

    /// A table of kinds, what did not end as it should, and how to verify a certificate with another program.
    public void print(PrintWriter out) {
        table().lines().forEach(out::println);
        out.println();
        out.printf(
                "%d devices: %d issued, %d refused in %.1f s (%.1f a second; to the certificate p50 %d ms, p99 %d ms).%n",
                result.devices(),
                result.issued(),
                result.refused(),
                seconds(result.enrolling()),
                result.perSecond(),
                result.p50().toMillis(),
                result.p99().toMillis());
        if (result.asExpected()) {
            out.println("Every device ended as it should.");
        } else {
            out.println("Not as it should be:");
            result.unexpected().forEach(sentence -> out.println("  " + sentence));
        }
        result.certificate().ifPresent(certificate -> {
            out.println();
            out.println("An issued certificate, and how to verify it:");
            out.println("  openssl verify -CAfile " + quoted(result.caChain()) + " " + quoted(certificate));
        });
        out.flush();
    }

    /// One document.
    ///
    /// @param ready from the start of the stack until it was ready
    /// @param total from the start of the stack until now
    public String json(Duration ready, Duration total) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("devices", result.devices());
        fields.put("issued", result.issued());
        fields.put("refused", result.refused());
        fields.put("p50Millis", result.p50().toMillis());
        fields.put("p99Millis", result.p99().toMillis());
        fields.put("perSecond", tenths(result.perSecond()));
        fields.put("readySeconds", tenths(seconds(ready)));
        fields.put("totalSeconds", tenths(seconds(total)));
        fields.put("asExpected", result.asExpected());
        fields.put("unexpected", result.unexpected());
        result.certificate().ifPresent(certificate -> {
            fields.put("certificate", certificate.toString());
            fields.put("caChain", result.caChain().toString());
        });
        return Json.document(fields);
    }

    private Table table() {
        var table = new Table(
                Column.left("KIND", 14),
                Column.right("DEVICES", 7),
                Column.left("EXPECTED", 8),
                Column.left("WHAT HAPPENED", 24),
                Column.wrapped("WHY"));
        for (var kind : DeviceKind.values()) {
            var ends = result.ends().stream()
                    .filter(end -> end.device().kind() == kind)
                    .toList();
            if (!ends.isEmpty()) {
                table.row(
                        kind.words(),
                        Integer.toString(ends.size()),
                        kind.mustBeIssued() ? "issued" : "refused",
                        whatHappened(ends),
                        why(ends));
            }
        }
        return table;
    }

    private static String whatHappened(List<DeviceEnd> ends) {
        var counts = new LinkedHashMap<String, Integer>();
        for (var end : ends) {
            var what = switch (end.ending()) {
                case Ending.Issued _ -> "issued";
                case Ending.Refused _ -> "refused";
                case Ending.Unanswered _ -> "unanswered";
            };
            counts.merge(what, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    /// The first reason stands for all: devices of one kind are refused alike.
    private static String why(List<DeviceEnd> ends) {
        var reasons = new ArrayList<String>();
        for (var end : ends) {
            switch (end.ending()) {
                case Ending.Issued _ -> {}
                case Ending.Refused refused -> reasons.add(refused.status() + ": " + refused.reason());
                case Ending.Unanswered unanswered -> reasons.add(unanswered.reason());
            }
        }
        return reasons.isEmpty() ? "-" : reasons.getFirst();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /// For a shell.
    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
