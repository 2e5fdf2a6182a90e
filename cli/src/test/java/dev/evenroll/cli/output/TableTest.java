package dev.evenroll.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void columnsAreAsWideAsTheirCells() {
        var table = new Table(Column.left("NAME", 20), Column.right("COUNT", 8), Column.wrapped("WHY"))
                .row("one", "1", "-")
                .row("another", "12345678", "because");
        assertThat(table.lines())
                .containsExactly("NAME        COUNT  WHY", "one             1  -", "another  12345678  because");
    }

    @Test
    void longCellsAreShortenedInTheMiddle() {
        var table = new Table(Column.left("NAME", 9)).row("abcdefghijklmnop");
        assertThat(table.lines()).containsExactly("NAME", "abcd…mnop");
    }

    @Test
    void sentencesAreContinuedBelowTheirColumn() {
        var table = new Table(Column.left("A", 3), Column.wrapped("WHY"))
                .row("x", "word ".repeat(30).strip() + "\nsecond reason");
        assertThat(table.lines())
                .containsExactly(
                        "A  WHY",
                        "x  " + "word ".repeat(23).strip(),
                        "   " + "word ".repeat(7).strip(),
                        "   second reason");
        assertThat(table.lines()).allMatch(line -> line.length() <= Table.WIDTH);
    }

    @Test
    void aWordLongerThanTheLineIsCut() {
        var table = new Table(Column.wrapped("WHY")).row("x".repeat(150));
        assertThat(table.lines()).containsExactly("WHY", "x".repeat(120), "x".repeat(30));
    }

    @Test
    void nothingInACellReachesTheTerminalAsACommand() {
        var table = new Table(Column.left("A", 40), Column.wrapped("WHY")).row("a\u001b[2Jb\nc", "\u202e" + "x\u009b");
        assertThat(table.lines()).containsExactly("A                   WHY", "a\\u001b[2Jb\\u000ac  \\u202ex\\u009b");
    }

    @Test
    void streamedRowsHaveFixedColumns() {
        var layout = new Table(Column.left("A", 5), Column.wrapped("B")).streamed();
        assertThat(layout.head()).isEqualTo("A      B");
        assertThat(layout.lines(List.of("1", "two"))).containsExactly("1      two");
    }
}
