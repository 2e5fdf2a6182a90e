package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The benchmark of OCSP, as small as it goes: that it runs, and says what it promises to say. Its figures are worth
/// nothing here.
@ExtendWith(WithStack.class)
class OcspBenchTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aSmallRunSaysEverything(RunningStack stack) throws Exception {
        var size = new OcspBench.Size(2, Duration.ofSeconds(1), 1, false);
        var result = new OcspBench(directory.resolve("openssl"), size, _ -> {})
                .run(stack.connection(), new TrustFiles(stack.data()))
                .fields();
        assertThat(result).containsEntry("certificates", 2);
        for (var figure : new String[] {
            "cachedPerSecond",
            "signedPerSecond",
            "signFloorPerSecond",
            "cachedClosingPerSecond",
            "opensslPerSecond",
            "overOpenssl",
            "signedOverOpenssl",
            "closingOverOpenssl"
        }) {
            assertThat(result)
                    .hasEntrySatisfying(
                            figure,
                            value -> assertThat(((Number) value).doubleValue())
                                    .as(figure)
                                    .isPositive());
        }
    }
}
