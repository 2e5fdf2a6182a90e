package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.FakeRegistry;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceImportCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String HEADER =
            "deviceId,manufacturer,model,ocppIdentity,owner,site,enrollmentModels,idevidSha256,keySha256,profile\n";

    @TempDir
    private Path data = Path.of("");

    private final FakeRegistry registry = new FakeRegistry();

    private Path file(String name, String content) throws Exception {
        return Files.writeString(data.resolve(name), content);
    }

    private static String devices(int count) {
        var text = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            text.append("D%05d,acme,X%d,CP-%d,\"Owner, \"\"%d\"\"\",Dépôt %d,".formatted(i, i % 3, i, i % 7, i % 11))
                    .append(i % 2 == 0 ? "factory" : "factory;field")
                    .append(',')
                    .append(i % 5 == 0 ? "ab".repeat(32) : "")
                    .append(",,")
                    .append(i % 3 == 0 ? "v2g-secc" : "charging-station")
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void whatIsExportedIsWhatIsImported() throws Exception {
        var file = file("devices.csv", devices(2_345));
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            var run = stack.run("device", "import", file.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .containsPattern("^2,345 rows in [0-9.]+ s \\([0-9,]+ rows/s\\)\n")
                    .endsWith("""
                              registered  2,345
                              unchanged   0
                              updated     0
                              refused     0
                              invalid     0
                            """.indent(0));
            assertThat(run.err()).matches("(?s).*2,345 rows  [0-9,]+ rows/s  100 %\n");
            assertThat(registry.devices()).hasSize(2_345);
            for (var format : List.of("csv", "jsonl")) {
                var exported = data.resolve("export." + format);
                assertThat(stack.run("device", "export", exported.toString()).out())
                        .isEqualTo("2,345 devices are in " + exported + ".\n");
                var again = stack.run("device", "import", exported.toString(), "--output", "json");
                assertThat(again.exitCode()).isZero();
                assertThat(Json.parse(again.out().getBytes(StandardCharsets.UTF_8))
                                .path("unchanged")
                                .asInt())
                        .isEqualTo(2_345);
            }
            var rows = Files.readAllLines(data.resolve("export.csv"));
            assertThat(rows).hasSize(2_346);
            assertThat(String.join("\n", rows) + "\n").isEqualTo(devices(2_345));
        }
    }

    @Test
    void rowsThatAreNotTakenAreWrittenDown() throws Exception {
        var file = file(
                "devices.csv", devices(3) + "D00000,acme,X0,CP-0,Owner,Depot,,,,\n" + "D9,acme,,CP,Owner,Depot,,,,\n");
        file("more.csv", HEADER + "D00001,acme,X9,CP-1,\"Owner, \"\"1\"\"\",Dépôt 1,factory;field,,,\n");
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            var run = stack.run("device", "import", file.toString());
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .endsWith("evenroll: 2 of 5 rows were not taken: " + file + ".rejected.csv says which and why.\n");
            assertThat(Files.readString(data.resolve("devices.csv.rejected.csv")))
                    .isEqualTo("""
                            line,deviceId,field,reason
                            5,D00000,deviceId,stands on line 2 too; give each device once
                            6,D9,model,is missing; give 1 to 64 characters
                            """);
            var more = data.resolve("more.csv").toString();
            assertThat(stack.run("device", "import", more).exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(Files.readString(data.resolve("more.csv.rejected.csv"))).isEqualTo("""
                            line,deviceId,field,reason
                            2,D00001,model,"is registered as ""X1""\"
                            """);
            var updated = stack.run("device", "import", more, "--update");
            assertThat(updated.exitCode()).isZero();
            assertThat(updated.out()).contains("  updated     1\n");
            assertThat(data.resolve("more.csv.rejected.csv")).doesNotExist();
        }
    }

    @Test
    void whatTheRegistryWarnsOfIsSaidOnceAtTheEnd() throws Exception {
        var file = file("devices.csv", devices(2_345).replace(",acme,", ",initech,"));
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            var run = stack.run("device", "import", file.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .containsOnlyOnce("Warning: ")
                    .endsWith("Warning: manufacturer: there is no trust anchor named \"initech\"\n");
            var again = stack.run("device", "import", file.toString(), "--output", "json");
            assertThat(Json.parse(again.out().getBytes(StandardCharsets.UTF_8)).path("warnings"))
                    .extracting(warning -> warning.asText())
                    .containsExactly("manufacturer: there is no trust anchor named \"initech\"");
        }
    }

    @Test
    void aTrialNeedsNoStack() throws Exception {
        var file = file("devices.csv", devices(7) + "?\n");
        var run = CommandLineFixture.execute(List.of(
                "device", "import", file.toString(), "--dry-run", "--output", "json", "--data", data.toString()));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        var summary = Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(summary.path("dryRun").asBoolean()).isTrue();
        assertThat(summary.path("valid").asInt()).isEqualTo(7);
        assertThat(summary.path("invalid").asInt()).isEqualTo(1);
        assertThat(summary.path("rejectedFile").asText()).isEqualTo(file + ".rejected.csv");
        assertThat(data.resolve("imports")).doesNotExist();
    }

    @Test
    void readsStandardInputWhenToldItsFormat() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            var run = stack.reading(
                    devices(3),
                    "device",
                    "import",
                    "-",
                    "--format",
                    "csv",
                    "--rejected",
                    data.resolve("r.csv").toString());
            assertThat(run.exitCode()).isZero();
            assertThat(registry.devices()).hasSize(3);
            assertThat(stack.run("device", "import", "-").exitCode()).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void aRegistryThatFaltersIsWaitedFor() throws Exception {
        var asked = new AtomicInteger();
        var file = file("devices.csv", devices(5_000));
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> asked.incrementAndGet() % 2 == 0
                        ? new Answer(503, "{\"detail\":\"Not ready.\"}", "0")
                        : registry.apply(request))) {
            assertThat(stack.run("device", "import", file.toString()).exitCode())
                    .isZero();
            assertThat(registry.devices()).hasSize(5_000);
            assertThat(registry.keys())
                    .hasSize(5)
                    .doesNotHaveDuplicates()
                    .allMatch(key -> key.matches("[0-9a-f]{32}-[0-9a-f]{8}-[0-4]"));
        }
    }

    @Test
    void anInterruptedImportGoesOnAndSaysSo() throws Exception {
        var file = file("devices.csv", devices(5_000));
        var up = new AtomicInteger(2);
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> up.getAndDecrement() > 0 ? registry.apply(request) : new Answer(503, "{}", "1"))) {
            var broken = stack.run("device", "import", file.toString(), "--wait", "0");
            assertThat(broken.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(broken.err())
                    .contains("rows are done. Run the same command again: it goes on from there.")
                    .doesNotContain("Is the stack up?");
            up.set(1_000);
            var run = stack.run("device", "import", file.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(registry.devices()).hasSize(5_000);
            var done = Pattern.compile("\n([0-9,]+) rows are done\\.").matcher(broken.err());
            assertThat(done.find()).isTrue();
            long before = Long.parseLong(done.group(1).replace(",", ""));
            if (before > 0) {
                assertThat(run.err())
                        .startsWith("Going on after row %s with the import of this file that was interrupted"
                                .formatted(done.group(1)));
                assertThat(run.out())
                        .startsWith("%,d rows in ".formatted(5_000 - before))
                        .contains("\n5,000 rows in all, with the %s of before the interruption:\n  registered "
                                .formatted(done.group(1)));
            }
        }
    }

    @Test
    void aFileThatIsNoneIsToldAsSuch() throws Exception {
        var noHeader = file("devices.csv", "D1,acme\n");
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            assertThat(stack.run("device", "import", noHeader.toString()).err())
                    .startsWith("evenroll: " + noHeader + " can not be imported. The header in line 1 can not be used:"
                            + " \"D1\" is no column of a device;")
                    .endsWith("Nothing was entered.\n");
            assertThat(stack.run("device", "import", data.resolve("none.csv").toString())
                            .err())
                    .isEqualTo("evenroll: " + data.resolve("none.csv") + " does not exist.\n");
            assertThat(stack.run(
                                    "device",
                                    "import",
                                    data.resolve("devices.xlsx").toString())
                            .err())
                    .contains("does not tell how its rows are written: give --format csv or --format jsonl");
            assertThat(stack.administration().requests()).isEmpty();
        }
    }

    /// An import elsewhere would release them.
    @Test
    void anExportSaysHowManyStatesItLoses() throws Exception {
        var file = file("devices.csv", devices(4));
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            stack.run("device", "import", file.toString());
            registry.devices().computeIfPresent("D00001", (_, device) -> device.put("state", "SUSPENDED"));
            registry.devices().computeIfPresent("D00002", (_, device) -> device.put("state", "QUARANTINED"));
            registry.devices().computeIfPresent("D00003", (_, device) -> device.put("state", "ENROLLED"));
            var exported = data.resolve("export.csv");
            var run = stack.run("device", "export", exported.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("4 devices are in " + exported + ".\n");
            assertThat(run.err())
                    .endsWith("2 of them are suspended or quarantined here. The file does not say so: where it is"
                            + " imported, they are free to enroll. Suspend them there with `evenroll device"
                            + " suspend`.\n");
            assertThat(exported).hasContent(devices(4));
        }
    }

    @Test
    void exportsToStandardOutput() throws Exception {
        var file = file("devices.csv", devices(2));
        try (var stack = new CommandLineFixture(data, TLS, registry)) {
            stack.run("device", "import", file.toString());
            var run = stack.run("device", "export", "-", "--format", "csv", "--site", "Dépôt 0");
            assertThat(run.out()).startsWith(HEADER + "D00000,");
            assertThat(run.err()).isEqualTo("2 devices are in -.\n");
            assertThat(stack.administration().requests().getLast().line())
                    .isEqualTo("GET /devices?site=D%C3%A9p%C3%B4t%200&limit=1000");
        }
    }
}
