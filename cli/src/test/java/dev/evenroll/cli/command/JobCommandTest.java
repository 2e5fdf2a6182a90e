package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.files.FileDigest;
import dev.evenroll.cli.job.FakeGateway;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String JOB = FakeGateway.JOB;

    @TempDir
    private Path data = Path.of("");

    private final FakeGateway gateway = gateway();

    private static FakeGateway gateway() {
        try {
            return new FakeGateway(TLS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void aStation() throws Exception {
        station("line", "line-3");
        Files.writeString(data.resolve("lines.jsonl"), "{\"csr\":\"AAAA\"}\n{\"csr\":\"BBBB\"}\n{\"csr\":7}\n");
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private String station(String directory, String name) throws Exception {
        var keys = Keys.generateP256();
        var certificate = TLS.authority().issueRegistrationAuthority(name, keys.getPublic(), Duration.ofHours(1));
        var station = Files.createDirectories(data.resolve(directory));
        Files.writeString(station.resolve("certificate.pem"), Pem.encode(certificate));
        Files.writeString(station.resolve("key.pem"), Pem.encode(keys.getPrivate()));
        return station.toString();
    }

    private String station() {
        return data.resolve("line").toString();
    }

    private String file() {
        return data.resolve("lines.jsonl").toString();
    }

    private Run run(String... arguments) throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(404, "{}"))) {
            var connection = data.resolve("connection.properties");
            Files.writeString(
                    connection,
                    Files.readString(connection).replaceFirst("(?m)^est\\.url=.*$", "est.url=" + gateway.address()));
            return stack.run(arguments);
        }
    }

    @Test
    void postsTheLinesAndNamesTheJob() throws Exception {
        var run = run("job", "submit", file(), "--as", station());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        Job %1$s has 3 lines; 1 of them hold no usable request.
                        Follow it:         evenroll job show %1$s --as %2$s
                        Fetch its results: evenroll job results %1$s --as %2$s
                        """.formatted(JOB, station()));
        assertThat(run.err()).isEqualTo("0.0 of 0.0 MiB posted  100 %\n");
        assertThat(gateway.requests()).containsExactly(lookedFor(key()), lookedFor(key()), "CN=line-3 POST /jobs");
        assertThat(gateway.posted()).isEqualTo(Files.readString(Path.of(file())));
    }

    @Test
    void followsUntilEveryLineHasEnded() throws Exception {
        gateway.ends(1, "issued");
        gateway.ends(2, "issued");
        gateway.ends(3, "refused");
        gateway.restsAfter(2);
        var run = run("job", "submit", file(), "--as", station(), "--wait", "--output", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEqualTo("""
                        {
                          "jobId" : "%s",
                          "state" : "submitted",
                          "submitted" : true,
                          "taken" : 3,
                          "lines" : 3,
                          "issued" : 2,
                          "refused" : 1,
                          "pending" : 0,
                          "running" : 0
                        }
                        """.formatted(JOB));
        assertThat(run.err())
                .contains(
                        "Job " + JOB + "\n",
                        "3 lines: 2 issued, 1 refused, 0 waiting for a person, 0 running\n",
                        "evenroll: 1 of 3 lines were refused: `evenroll job results " + JOB + " --as " + station()
                                + "` says which and why. Once that is mended, `evenroll job submit --new` asks for them again.\n");
        assertThat(gateway.requests()).hasSize(6);
    }

    @Test
    void postsAgainWhatMetAFault() throws Exception {
        gateway.failsAtFirst(2);
        var run = run("job", "submit", file(), "--as", station(), "--output", "json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        {
                          "jobId" : "%s",
                          "lines" : 3,
                          "refused" : 1
                        }
                        """.formatted(JOB));
        assertThat(gateway.requests()).hasSize(5);
        assertThat(gateway.posted()).isEqualTo(Files.readString(Path.of(file())));
    }

    @Test
    void goesOnWithTheSameJobBehindTheLinesThatWereTaken() throws Exception {
        gateway.breaksAfter(2);
        assertThat(run("job", "submit", file(), "--as", station()).exitCode()).isZero();
        assertThat(gateway.requests())
                .containsExactly(
                        lookedFor(key()),
                        lookedFor(key()),
                        "CN=line-3 POST /jobs",
                        lookedFor(key()),
                        "CN=line-3 GET /jobs/" + JOB,
                        "CN=line-3 POST /jobs/" + JOB + "/lines?after=2");
        assertThat(gateway.posted()).isEqualTo(Files.readString(Path.of(file())));
    }

    /// As after kill -9: the file says which job it is.
    @Test
    void aFurtherRunFindsTheJobOfTheFile() throws Exception {
        run("job", "submit", file(), "--as", station());
        var again = run("job", "submit", file(), "--as", station());
        assertThat(again.out()).startsWith("Job " + JOB + " has 3 lines;");
        assertThat(gateway.requests()).last().isEqualTo("CN=line-3 POST /jobs/" + JOB + "/lines?after=3");

        assertThat(run("job", "submit", file(), "--as", station(), "--new").exitCode())
                .isZero();
        assertThat(gateway.requests())
                .endsWith(lookedFor(key()), lookedFor(key() + "-1"), lookedFor(key() + "-1"), "CN=line-3 POST /jobs");
    }

    /// It would be a pity if what the operator asked for anew were lost to the job before.
    @Test
    void aFurtherRunFindsTheNewestJobOfTheFile() throws Exception {
        run("job", "submit", file(), "--as", station());
        run("job", "submit", file(), "--as", station(), "--new");
        run("job", "submit", file(), "--as", station());
        assertThat(gateway.requests())
                .endsWith(
                        lookedFor(key() + "-2"),
                        lookedFor(key() + "-1"),
                        "CN=line-3 GET /jobs/" + JOB,
                        "CN=line-3 POST /jobs/" + JOB + "/lines?after=3");
    }

    private static String lookedFor(String key) {
        return "CN=line-3 GET /jobs?idempotencyKey=" + key;
    }

    private String key() throws IOException {
        return FileDigest.of(Path.of(file())).substring(0, 32);
    }

    @Test
    void showsHowFarAJobIs() throws Exception {
        gateway.ends(1, "issued");
        gateway.ends(2, "pending");
        gateway.hasLines(4);
        assertThat(run("job", "show", JOB, "--as", station())).isEqualTo(new Run(0, """
                        jobId      %s
                        state      submitted
                        submitted  true
                        taken      0
                        lines      4
                        issued     1
                        refused    0
                        pending    1
                        running    2
                        """.formatted(JOB), ""));
    }

    @Test
    void fetchesEveryPageOfTheResults() throws Exception {
        for (int i = 1; i <= 1_203; i++) {
            gateway.ends(i, "issued");
        }
        var out = data.resolve("results.jsonl");
        var run = run("job", "results", JOB, "--as", station(), "--out", out.toString());
        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        "",
                        "1203 results fetched. The job has 1203 lines: 1203 issued, 0 refused, 0 waiting for a person,"
                                + " 0 running.\n"));
        assertThat(Files.readAllLines(out)).hasSize(1_203).last().asString().contains("\"line\":1203,", "ü");
    }

    @Test
    void goesOnBehindTheLastLineBeforeAGap() throws Exception {
        gateway.ends(1, "issued");
        gateway.ends(2, "refused");
        gateway.ends(3, "pending");
        gateway.ends(5, "issued");
        var out = data.resolve("results.jsonl");
        var first = run("job", "results", JOB, "--as", station(), "--out", out.toString());
        assertThat(first.err()).isEqualTo("""
                        4 results fetched. The job has 5 lines: 2 issued, 1 refused, 1 waiting for a person, 1 running.
                        Not every line has ended: the others come later, with --after 2.
                        """);
        gateway.ends(3, "issued");
        gateway.ends(4, "issued");
        // Broken off within a line.
        Files.writeString(out, "{\"line\":6,\"res", StandardOpenOption.APPEND);
        var second = run("job", "results", JOB, "--as", station(), "--out", out.toString(), "--after", "2");
        assertThat(second.err()).doesNotContain("Not every line");
        assertThat(Files.readAllLines(out))
                .hasSize(5)
                .allMatch(line -> line.contains("\"issued\"") || line.contains("\"line\":2,"));
        assertThat(run("job", "results", JOB, "--as", station(), "--after", "4").out())
                .startsWith("{\"line\":5,")
                .hasLineCount(1);
    }

    @Test
    void overwritesNoFileAndNoOtherFile() throws Exception {
        gateway.ends(1, "issued");
        var out = Files.writeString(data.resolve("results.jsonl"), "precious\n");
        assertThat(run("job", "results", JOB, "--as", station(), "--out", out.toString())
                        .err())
                .isEqualTo("evenroll: " + out + " is there already and is not overwritten: name another file, or go on"
                        + " in it with --after LINE.\n");
        assertThat(run("job", "results", JOB, "--as", station(), "--out", out.toString(), "--after", "1")
                        .err())
                .isEqualTo("evenroll: " + out + " holds something else than results of a job, and is left as it is:"
                        + " name another file.\n");
        assertThat(out).hasContent("precious\n");
    }

    @Test
    void tellsOfARefusal() throws Exception {
        var other = station("other", "nobody-knows-me");
        assertThat(run("job", "submit", file(), "--as", other))
                .isEqualTo(new Run(
                        ExitCode.FAILED,
                        "",
                        "evenroll: enroll-gateway answered 403: Only a registration authority may post jobs.\n"));
        var results = data.resolve("none.jsonl");
        assertThat(run("job", "results", "other.1.2", "--as", station(), "--out", results.toString())
                        .err())
                .isEqualTo("evenroll: enroll-gateway answered 404: There is no such job of this requester.\n");
        assertThat(results).doesNotExist();
    }

    @Test
    void saysWhatIsWrongBeforeItAsks() throws Exception {
        assertThat(run("job", "submit", file()).err()).startsWith("Missing required option: '--as=DIR'");
        assertThat(run("job", "show", "a b", "--as", station()).err()).startsWith("JOB is no id of a job");
        assertThat(run("job", "results", JOB, "--as", station(), "--after", "-1")
                        .err())
                .startsWith("--after must be the number of a line");
        assertThat(run("job", "submit", "/nowhere.jsonl", "--as", station()).err())
                .isEqualTo("evenroll: /nowhere.jsonl does not exist.\n");
        var empty = Files.createFile(data.resolve("empty.jsonl"));
        assertThat(run("job", "submit", empty.toString(), "--as", station()).err())
                .isEqualTo("evenroll: " + empty + " has no lines: write one {\"csr\": ...} for each device.\n");
        assertThat(run("job", "submit", file(), "--as", data.toString()).err())
                .startsWith("evenroll: " + data + " does not hold certificate.pem and key.pem of a factory line:");
        assertThat(gateway.requests()).isEmpty();
    }
}
