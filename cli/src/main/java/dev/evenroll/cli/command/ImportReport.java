package dev.evenroll.cli.command;

import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.rows.ImportPlan;
import dev.evenroll.cli.rows.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came of an import.
record ImportReport(ImportPlan plan, Tally tally, ImportProgress progress, boolean dryRun) {

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("file", plan.file().map(Object::toString).orElse(RowFormatOption.DASH));
        fields.put("dryRun", dryRun);
        fields.put("rows", tally.rows());
        counts().forEach(fields::put);
        fields.put("rejectedFile", tally.rejected() > 0 ? plan.rejected().toString() : "");
        fields.put("warnings", progress.warnings());
        fields.put("resumedAfter", progress.resumedAfter());
        fields.put("seconds", Math.round(progress.seconds() * 1000) / 1000.0);
        fields.put("rowsPerSecond", Math.round(progress.rowsPerSecond()));
        return fields;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d rows in %.1f s (%,d rows/s)%s",
                tally.rows() - progress.resumedAfter(),
                progress.seconds(),
                Math.round(progress.rowsPerSecond()),
                dryRun ? ", none entered: this was a trial" : ""));
        if (progress.resumedAfter() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d rows in all, with the %,d of before the interruption:",
                    tally.rows(),
                    progress.resumedAfter()));
        }
        counts().forEach((name, count) -> lines.add(String.format(Locale.ROOT, "  %-10s  %,d", name, count)));
        return lines;
    }

    /// For people.
    static List<String> warnings(List<String> warnings) {
        var lines = new ArrayList<String>();
        warnings.forEach(warning -> lines.add("Warning: " + Printable.line(warning)));
        if (warnings.size() == ImportProgress.MOST_WARNINGS) {
            lines.add("There may be more warnings; no more than " + ImportProgress.MOST_WARNINGS + " are kept.");
        }
        return lines;
    }

    private Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        if (dryRun) {
            counts.put("valid", tally.valid());
        } else {
            counts.put("registered", tally.registered());
            counts.put("unchanged", tally.unchanged());
            counts.put("updated", tally.updated());
            counts.put("refused", tally.refused());
        }
        counts.put("invalid", tally.invalid());
        return counts;
    }
}
