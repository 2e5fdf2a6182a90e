package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.tls.TestTls;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewalCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String RENEWALS = """
            {"renewals":[
              {"deviceId":"SN-1","ocppIdentity":"CP-1","site":"Harbour","certificateId":"ab-01","profile":"charging-station",
               "notAfter":"2027-11-22T12:00:00Z","dueAt":"2027-07-21T12:00:00Z","said":"soon"},
              {"deviceId":"SN-2","certificateId":"ab-02","profile":"charging-station",
               "notAfter":"2027-11-23T12:00:00Z","dueAt":"2027-07-22T12:00:00Z"}],
             "next":"2027-07-22T12:00:00Z/SN-2"}""";

    @TempDir
    private Path data = Path.of("");

    @Test
    void listsATable() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, RENEWALS))) {
            var run = stack.run("renewal", "list", "--limit", "2");
            assertThat(run.out()).isEqualTo("""
                            DEVICE  OCPP IDENTITY  SITE     DUE         NOT AFTER   SAID
                            SN-1    CP-1           Harbour  2027-07-21  2027-11-22  soon
                            SN-2    -              -        2027-07-22  2027-11-23  -
                            """);
            assertThat(run.err()).isEqualTo("There are more: --after 2027-07-22T12:00:00Z/SN-2\n");
            assertThat(stack.administration().requests().getFirst().line()).isEqualTo("GET /renewals?limit=2");
        }
    }

    @Test
    void asksForWhatIsDue() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, RENEWALS))) {
            var run = stack.run("renewal", "due", "--within", "7d", "--output", "json");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("\"said\" : \"soon\"");
            assertThat(stack.administration().requests().getFirst().line()).startsWith("GET /renewals?until=2");
        }
    }
}
