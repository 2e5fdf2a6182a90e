package dev.evenroll.cli.output;

import java.util.ArrayList;
import java.util.List;

/// A table for people: at most [#WIDTH] characters wide, its cells [Printable].
public final class Table {

    /// Characters a line.
    public static final int WIDTH = 120;

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /// Adds a row, one cell a column.
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "cells: are " + cells.length + " for " + columns.size() + " columns; give one a column");
        }
        rows.add(List.of(cells));
        return this;
    }

    /// The lines with a head, columns as wide as their cells need.
    public List<String> lines() {
        var layout = new Layout(columns, widthsOf(rows));
        var lines = new ArrayList<String>();
        lines.add(layout.head());
        rows.forEach(row -> lines.addAll(layout.lines(row)));
        return List.copyOf(lines);
    }

    /// For rows that are not all known when the first is printed: every column as wide as it may get.
    public Layout streamed() {
        return new Layout(columns, columns.stream().map(Column::widest).toList());
    }

    private List<Integer> widthsOf(List<List<String>> cells) {
        var widths = new ArrayList<Integer>();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            int width = column.title().length();
            for (var row : cells) {
                width = Math.max(width, width(row.get(i), column.fit()));
            }
            widths.add(Math.min(width, column.widest()));
        }
        return widths;
    }

    private static int width(String cell, Column.Fit fit) {
        return fit == Column.Fit.WRAPPED
                ? Printable.text(cell).lines().mapToInt(String::length).max().orElse(0)
                : Printable.line(cell).length();
    }

    /// Columns with their final widths.
    public static final class Layout {

        private final List<Column> columns;
        private final List<Integer> widths;

        private Layout(List<Column> columns, List<Integer> wished) {
            this.columns = columns;
            this.widths = new ArrayList<>();
            int left = WIDTH;
            for (int width : wished) {
                int granted = Math.min(width, left);
                widths.add(granted);
                left -= granted + GAP.length();
            }
        }

        public String head() {
            return join(columns.stream().map(Column::title).toList());
        }

        /// The row's first line, then what had to be continued.
        public List<String> lines(List<String> row) {
            int last = row.size() - 1;
            if (columns.get(last).fit() != Column.Fit.WRAPPED) {
                return List.of(join(row));
            }
            var wrapped = wrap(row.get(last), widths.get(last));
            var lines = new ArrayList<String>();
            for (var part : wrapped) {
                var cells = new ArrayList<String>();
                for (int i = 0; i < last; i++) {
                    cells.add(lines.isEmpty() ? row.get(i) : "");
                }
                cells.add(part);
                lines.add(join(cells));
            }
            return lines;
        }

        private String join(List<String> cells) {
            var line = new StringBuilder();
            for (int i = 0; i < cells.size(); i++) {
                var cell = shorten(Printable.line(cells.get(i)), widths.get(i));
                var padding = " ".repeat(widths.get(i) - cell.length());
                line.append(columns.get(i).fit() == Column.Fit.RIGHT ? padding + cell : cell + padding);
                line.append(GAP);
            }
            return line.toString().stripTrailing();
        }

        /// Keeps both ends: names that differ at the end stay different.
        private static String shorten(String cell, int width) {
            if (cell.length() <= width) {
                return cell;
            }
            int head = (width - 1) / 2;
            int tail = width - 1 - head;
            return cell.substring(0, head) + "…" + cell.substring(cell.length() - tail);
        }

        private static List<String> wrap(String cell, int width) {
            var lines = new ArrayList<String>();
            for (var paragraph : Printable.text(cell).split("\n", -1)) {
                var rest = paragraph;
                while (rest.length() > width) {
                    int space = rest.lastIndexOf(' ', width);
                    int end = space > 0 ? space : width;
                    lines.add(rest.substring(0, end));
                    rest = rest.substring(end).stripLeading();
                }
                lines.add(rest);
            }
            return lines;
        }
    }
}
