package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.FakeApprovals;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.tls.TestTls;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApprovalCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String FIRST = "ab12" + "0".repeat(60);
    private static final String SECOND = "ab34" + "0".repeat(60);

    private final FakeApprovals approvals = new FakeApprovals();

    @TempDir
    private Path data = Path.of("");

    @BeforeEach
    void threeWait() {
        approvals.wait("CP-1", FIRST, "2099-01-01T00:00:00Z");
        approvals.wait("CP-1", SECOND, "2026-11-20T00:00:00Z");
        approvals.wait("CP-2", "cd" + "0".repeat(62), "2099-01-01T00:00:00Z");
    }

    private Run run(String... arguments) throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, approvals)) {
            return stack.run(arguments);
        }
    }

    private Run answering(String typed, String... arguments) throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, approvals)) {
            return stack.answering(typed, arguments);
        }
    }

    @Test
    void listsWhatWaits() throws Exception {
        approvals.decide("CP-2", "cd" + "0".repeat(62), true);
        assertThat(run("approval", "list")).isEqualTo(new Run(0, """
                        DEVICE  ENROLLMENT    EXPIRES               STATE    KEY           REQUESTER     WHY
                        CP-1    ab1200000000  2099-01-01T00:00:00Z  waits    3f3f3f3f3f3f  7e7e7e7e7e7e  The device is in quarantine.
                        CP-1    ab3400000000  2026-11-20T00:00:00Z  expired  3f3f3f3f3f3f  7e7e7e7e7e7e  The device is in quarantine.
                        """, ""));
        assertThat(approvals.requests().getLast()).isEqualTo("GET /approvals?decided=false&limit=100");
    }

    @Test
    void listsAllOfADeviceWithWhoDecided() throws Exception {
        approvals.decide("CP-1", SECOND, false);
        var run = run("approval", "list", "--all", "--device", "CP-1", "--limit", "2");
        assertThat(run.out())
                .contains(
                        "rejected  3f3f3f3f3f3f  7e7e7e7e7e7e  The device is in quarantine. [bob:", "known by sight]");
        assertThat(approvals.requests().getLast()).isEqualTo("GET /approvals?device=CP-1&limit=2");
    }

    @Test
    void listsInJson() throws Exception {
        approvals.decide("CP-2", "cd" + "0".repeat(62), true);
        assertThat(run("approval", "list", "--device", "CP-2", "--all", "--output", "json")
                        .out())
                .isEqualTo("""
                        {
                          "approvals" : [ {
                            "deviceId" : "CP-2",
                            "enrollmentId" : "cd%s",
                            "pendingSince" : "2026-11-19T12:00:00Z",
                            "expiresAt" : "2099-01-01T00:00:00Z",
                            "reason" : "The device is in quarantine.",
                            "model" : "just-in-time",
                            "policy" : "pilot",
                            "policyVersion" : "2026-11-a@0123456789ab",
                            "requester" : "CN=CP-2",
                            "keySha256" : "%s",
                            "requesterSha256" : "%s",
                            "remoteAddress" : "192.0.2.7",
                            "decision" : {
                              "approved" : true,
                              "actor" : "bob",
                              "reason" : "known by sight",
                              "decidedAt" : "2026-11-21T12:00:00Z"
                            }
                          } ]
                        }
                        """.formatted("0".repeat(62), "3f".repeat(32), "7e".repeat(32)));
    }

    @Test
    void approvesByTheBeginningOfAnIdAfterShowingWhatItIs() throws Exception {
        var run = answering("y\n", "approval", "approve", "CP-1", "AB1", "--reason", "seen on site");
        assertThat(run)
                .isEqualTo(new Run(0, """
                        Enrollment %s of CP-1 is approved by bob (seen on site).
                        The device gets its certificate when it asks again.
                        """.formatted(FIRST), """
                        Device CP-1 (quarantined), acme X1 of Owner at Depot.
                        Enrollment %s, asked for at 2026-11-19T12:00:00Z by CN=CP-1 from 192.0.2.7 (just-in-time); expires at 2099-01-01T00:00:00Z.
                        Key %s, certificate of the requester %s.
                        It waits because: The device is in quarantine.
                        Policy pilot of version 2026-11-a@0123456789ab wants a person.
                        Approve it? [y/N]\s""".formatted(FIRST, "3f".repeat(32), "7e".repeat(32))));
        assertThat(approvals.requests().getLast()).isEqualTo("POST /approvals/CP-1/" + FIRST);
        assertThat(approvals.orders())
                .singleElement()
                .asString()
                .contains("\"approved\":true", "\"reason\":\"seen on site\"");
    }

    @Test
    void rejectsADeviceThatIsNotRegistered() throws Exception {
        var run = answering("yes\n", "approval", "reject", "CP-2", "cd", "--reason", "unknown");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).startsWith("Device CP-2 is not registered.\n").endsWith("Reject it? [y/N] ");
        assertThat(run.out()).isEqualTo("Enrollment cd" + "0".repeat(62) + " of CP-2 is rejected by bob (unknown).\n");
    }

    @Test
    void decidesNothingUnasked() throws Exception {
        for (var decision : List.of("approve", "reject")) {
            assertThat(run("approval", decision, "CP-1", "ab1", "--reason", "r"))
                    .isEqualTo(new Run(ExitCode.FAILED, "", """
                            evenroll: Nothing was decided. There is no terminal to ask at: look at what will happen, then give --yes.
                            """));
            assertThat(answering("n\n", "approval", decision, "CP-1", "ab1", "--reason", "r")
                            .err())
                    .endsWith("Nothing was decided. Answer y, or give --yes where nobody can answer.\n");
        }
        assertThat(approvals.orders()).isEmpty();
        assertThat(run("approval", "reject", "CP-1", "ab1", "--reason", "r", "--yes")
                        .exitCode())
                .isZero();
        assertThat(approvals.orders()).hasSize(1);
    }

    @Test
    void aBeginningHasToNameOne() throws Exception {
        assertThat(run("approval", "approve", "CP-1", "ab", "--reason", "r", "--yes"))
                .isEqualTo(new Run(ExitCode.FAILED, "", """
                        evenroll: Several enrollments of CP-1 begin with ab; give more of the id of the one that is meant:
                          %s
                          %s
                        """.formatted(FIRST, SECOND)));
        assertThat(run("approval", "approve", "CP-1", "ff", "--reason", "r", "--yes"))
                .isEqualTo(new Run(ExitCode.FAILED, "", """
                        evenroll: No enrollment of CP-1 whose id begins with ff waits for a person. See which do: evenroll approval list --all --device CP-1
                        """));
        assertThat(approvals.orders()).isEmpty();
    }

    @Test
    void findsItBehindTheFirstPage() throws Exception {
        for (int i = 0; i < 150; i++) {
            approvals.wait("CP-3", String.format("%064x", i), "2099-01-01T00:00:00Z");
        }
        assertThat(run("approval", "approve", "CP-3", String.format("%064x", 149), "--reason", "r", "--yes")
                        .exitCode())
                .isZero();
    }

    @Test
    void aDecisionStands() throws Exception {
        approvals.decide("CP-1", FIRST, true);
        assertThat(run("approval", "approve", "CP-1", "ab1", "--reason", "r").out())
                .startsWith("Enrollment " + FIRST + " of CP-1 had been approved before by bob (known by sight).\n");
        assertThat(run("approval", "reject", "CP-1", "ab1", "--reason", "r"))
                .isEqualTo(new Run(ExitCode.FAILED, "", """
                        evenroll: Nothing was decided: bob has approved this enrollment at 2026-11-21T12:00:00Z (known by sight), and a decision stands. Revoke the certificate that came of it, or suspend the device.
                        """));
        assertThat(approvals.orders()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() throws Exception {
        assertThat(run("approval", "approve", "CP-1", "xyz", "--reason", "r").err())
                .startsWith("ENROLLMENT-ID must be 1 to 64 hexadecimal digits");
        assertThat(run("approval", "approve", "CP-1", "ab").err()).startsWith("Missing required option: '--reason");
        assertThat(run("approval", "reject", "CP-1", "ab", "--reason", " ").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsOfARefusal() throws Exception {
        approvals.refuse(409, "{\"detail\":\"The enrollment is expired.\"}");
        assertThat(run("approval", "approve", "CP-1", "ab1", "--reason", "r", "--yes"))
                .isEqualTo(new Run(
                        ExitCode.FAILED, "", "evenroll: csr-validator answered 409: The enrollment is expired.\n"));
    }
}
