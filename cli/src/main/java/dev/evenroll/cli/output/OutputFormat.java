package dev.evenroll.cli.output;

/// For whom the result is printed.
public enum OutputFormat {
    /// For people: tables of at most [Table#WIDTH] columns.
    TABLE,
    /// For programs: one JSON document, or one a line where there is no end.
    JSON
}
