package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApprovalCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String WAITING = approval("abc123", "null");
    private static final String APPROVED = approval(
            "abc123",
            "{\"approved\":true,\"actor\":\"alice\",\"reason\":\"seen on site\",\"decidedAt\":\"2026-11-22T13:00:00Z\"}");

    @TempDir
    private Path data = Path.of("");

    private static String approval(String enrollmentId, String decision) {
        return """
                {"deviceId":"CP-1","enrollmentId":"%s","pendingSince":"2026-11-22T12:00:00Z",
                 "expiresAt":"2026-11-29T12:00:00Z","reason":"is in quarantine","model":"JUST_IN_TIME",
                 "policy":"rollout","policyVersion":"a@0123","requester":"CN=CP-1","remoteAddress":"192.0.2.1",
                 "decision":%s}""".formatted(enrollmentId, decision);
    }

    private static String page(String... approvals) {
        return "{\"approvals\":[" + String.join(",", approvals) + "],\"next\":null}";
    }

    private CommandLineFixture stack(String page, String decided) throws Exception {
        return new CommandLineFixture(
                data, TLS, request -> new Answer(200, request.line().startsWith("GET") ? page : decided));
    }

    private static Request last(CommandLineFixture stack) {
        return stack.administration().requests().getLast();
    }

    @Test
    void listsWhatWaits() throws Exception {
        try (var stack = stack(page(WAITING), "")) {
            var run = stack.run("approval", "list", "--device", "CP-1");
            assertThat(run.out()).isEqualTo("""
                            DEVICE  ENROLLMENT  SINCE                 EXPIRES               WHY
                            CP-1    abc123      2026-11-22T12:00:00Z  2026-11-29T12:00:00Z  is in quarantine
                            """);
            assertThat(last(stack).line()).isEqualTo("GET /approvals?device=CP-1&decided=false&limit=100");
        }
    }

    @Test
    void listsWhoDecidedAndWhy() throws Exception {
        try (var stack = stack(page(APPROVED), "")) {
            var run = stack.run("approval", "list", "--decided");
            assertThat(run.out()).isEqualTo("""
                            DEVICE  ENROLLMENT  DECIDED               DECISION  WHY
                            CP-1    abc123      2026-11-22T13:00:00Z  approved  alice: seen on site
                            """);
            var json = Json.parse(stack.run("approval", "list", "--decided", "--output", "json")
                    .out()
                    .getBytes(StandardCharsets.UTF_8));
            var approval = json.path("approvals").get(0);
            assertThat(approval.path("model").asText()).isEqualTo("just-in-time");
            assertThat(approval.path("decision").path("actor").asText()).isEqualTo("alice");
        }
    }

    @Test
    void approvesTheOnlyOneThatWaits() throws Exception {
        try (var stack = stack(page(WAITING), APPROVED)) {
            var run = stack.run("approval", "approve", "CP-1", "--reason", "seen on site");
            assertThat(run)
                    .isEqualTo(new CommandLineFixture.Run(
                            0, "Enrollment abc123 of CP-1 is approved: its certificate waits for the device.\n", ""));
            assertThat(last(stack).line()).isEqualTo("POST /approvals/CP-1/abc123");
            assertThat(Json.parse(last(stack).body().getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Json.parse(
                            "{\"approved\":true,\"reason\":\"seen on site\"}".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void rejectsAfterAsking() throws Exception {
        try (var stack = stack(page(WAITING), APPROVED.replace("true", "false"))) {
            assertThat(stack.run("approval", "reject", "CP-1", "--reason", "unknown")
                            .err())
                    .startsWith("evenroll: Nothing was decided. There is no terminal to ask at");
            var run = stack.answering("y\n", "approval", "reject", "CP-1", "--reason", "unknown");
            assertThat(run.err()).isEqualTo("""
                            Enrollment abc123 of device CP-1, asked for by CN=CP-1: is in quarantine.
                            It gets no certificate for this request.
                            Reject it? [y/N]\s""");
            assertThat(run.out()).isEqualTo("Enrollment abc123 of CP-1 is rejected.\n");
        }
    }

    @Test
    void oneOfSeveralHasToBeNamed() throws Exception {
        try (var stack = stack(page(WAITING, approval("abd", "null")), APPROVED)) {
            var run = stack.run("approval", "approve", "CP-1", "--reason", "x");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).isEqualTo("evenroll: 2 enrollments of CP-1 wait; say which one: abc123, abd\n");
            assertThat(stack.run("approval", "approve", "CP-1", "abc", "--reason", "x")
                            .exitCode())
                    .isZero();
            assertThat(last(stack).line()).isEqualTo("POST /approvals/CP-1/abc123");
            assertThat(stack.run("approval", "approve", "CP-1", "zz", "--reason", "x")
                            .err())
                    .startsWith("evenroll: No such enrollment of CP-1 waits for a person");
        }
    }
}
