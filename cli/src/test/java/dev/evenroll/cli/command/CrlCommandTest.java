package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.tls.TestTls;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrlCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String LISTS = """
            {"crls":[{"issuerKeyId":"ab12","shard":0,"crlNumber":7,"revoked":12,"thisUpdate":"2026-11-22T10:00:00Z",\
            "nextUpdate":"2026-11-23T10:00:00Z","urls":["http://crl.example/ab12-0.crl"],"deltaCrlNumber":7,\
            "deltaRevoked":1,"unsignedSince":"2026-11-22T10:05:00Z"},{"issuerKeyId":"ab12","shard":1}]}""";

    @TempDir
    private Path data = Path.of("");

    @Test
    void listsATableAndWhatIsWrong() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, LISTS))) {
            var run = stack.run("crl", "list");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("""
                    CA    SHARD  NUMBER  REVOKED  DELTA  THIS UPDATE           NEXT UPDATE           URL
                    ab12      0       7       12      1  2026-11-22T10:00:00Z  2026-11-23T10:00:00Z  http://crl.example/ab12-0.crl
                    ab12      1       -        -      -  -                     -                     -
                    """);
            assertThat(run.err())
                    .isEqualTo("Lists wait for their signature, the first since 2026-11-22T10:05:00Z: look whether"
                            + " issuer is ready, and what its dead-letter topic says of crl.prepared.\n");
            assertThat(stack.administration().requests().getFirst().line()).isEqualTo("GET /crls");
        }
    }

    @Test
    void asJsonItIsWhatTheInventorySays() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, LISTS))) {
            assertThat(stack.run("crl", "list", "--output", "json").out().replaceAll("\\s", ""))
                    .isEqualTo(LISTS);
        }
    }
}
