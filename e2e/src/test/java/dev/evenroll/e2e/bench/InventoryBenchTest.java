package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.Evenroll;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The options of the benchmark of the inventory. A run takes minutes whatever its size, so none is made here.
class InventoryBenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int bench(String... arguments) {
        return Evenroll.failingInWords(new CommandLine(new InventoryBenchCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @Test
    void moreCanNotBeDueThanThereAre() {
        assertThat(bench("--certificates", "2000", "--due", "50", "--rounds", "5"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("--due: is 50; at most 25 of 2000 certificates can be due at each moment.");
    }
}
