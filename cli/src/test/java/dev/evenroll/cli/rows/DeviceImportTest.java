package dev.evenroll.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.administration.BatchAnswer;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.cli.administration.RowAnswer;
import dev.evenroll.cli.retry.FaultException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceImportTest {

    private static final int ROWS = 10_500;

    @TempDir
    private Path directory = Path.of("");

    private final Map<String, Integer> entered = new ConcurrentSkipListMap<>();
    private final Map<String, String> batches = new ConcurrentHashMap<>();
    private final List<Long> resumed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private final ImportListener listener = new ImportListener() {
        @Override
        public void resumed(long rows) {
            resumed.add(rows);
        }

        @Override
        public void warned(String warning) {
            warnings.add(warning);
        }

        @Override
        public void progressed(Tally tally, long bytesRead) {}
    };

    private static String row(int i) {
        return "D%06d,acme,X1,CP-%d,Owner,Depot%n".formatted(i, i);
    }

    private Path file(int rows) throws Exception {
        var text = new StringBuilder("deviceId,manufacturer,model,ocppIdentity,owner,site\n");
        for (int i = 0; i < rows; i++) {
            // Every thousandth has no legal serial number, in a batch of its own each.
            text.append(i % 1_000 == 7 ? "?" + row(i) : row(i));
        }
        return Files.writeString(directory.resolve("devices.csv"), text);
    }

    private ImportPlan plan(Path file) {
        return new ImportPlan(
                Optional.of(file),
                RowFormat.CSV,
                directory.resolve("devices.csv.rejected.csv"),
                directory.resolve("imports"),
                false,
                false);
    }

    /// Counts how often each device is entered; the same batch again is the same batch.
    private BatchAnswer enter(String rows, String key) {
        return enter(rows, key, entered);
    }

    private BatchAnswer enter(String rows, String key, Map<String, Integer> entered) {
        var ids = rows.lines().map(line -> line.substring(13, 20)).toList();
        if (batches.putIfAbsent(key, rows) == null) {
            ids.forEach(id -> entered.merge(id, 1, Integer::sum));
        }
        assertThat(batches.get(key)).isEqualTo(rows);
        var answers = new ArrayList<RowAnswer>();
        for (int i = ids.size(); i > 0; i--) {
            boolean refused = ids.get(i - 1).endsWith("500");
            answers.add(new RowAnswer(
                    i,
                    refused ? RowAnswer.Result.REFUSED : RowAnswer.Result.REGISTERED,
                    refused ? List.of(new FieldError("owner", "is registered as \"A\"")) : List.of()));
        }
        return new BatchAnswer(answers, List.of("of " + key.substring(33 + 9)));
    }

    private Tally run(Path file, BatchSink sink) throws Exception {
        return DeviceImport.run(plan(file), InputStream.nullInputStream(), sink, listener);
    }

    private void assertComplete(Tally tally) throws Exception {
        assertThat(tally).isEqualTo(new Tally(ROWS - 21, 0, 0, 0, 10, 11));
        assertThat(entered)
                .hasSize(ROWS - 11)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        var rejected = Files.readAllLines(directory.resolve("devices.csv.rejected.csv"));
        assertThat(rejected).hasSize(22);
        assertThat(rejected.subList(0, 3))
                .containsExactly(
                        "line,deviceId,field,reason",
                        "9,?D000007,deviceId,\"may hold letters, digits, '.', '_' and '-' only, and begins with a letter"
                                + " or a digit\"",
                        "502,D000500,owner,\"is registered as \"\"A\"\"\"");
        assertThat(rejected.stream().skip(1).map(line -> Integer.parseInt(line.substring(0, line.indexOf(',')))))
                .isSorted();
    }

    @Test
    void entersEveryRowOnceAndWritesDownWhatIsNotTaken() throws Exception {
        assertComplete(run(file(ROWS), this::enter));
        assertThat(batches).hasSize(11);
        assertThat(resumed).isEmpty();
        assertThat(directory.resolve("imports")).isDirectoryNotContaining("glob:**.properties*");
    }

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        var file = file(ROWS);
        for (int breakAfter : new int[] {0, 1, 4, 6, 10}) {
            assertThatThrownBy(() -> run(file, (rows, key) -> {
                        if (Integer.parseInt(key.substring(key.lastIndexOf('-') + 1)) >= breakAfter) {
                            throw new FaultException("gone", Optional.empty());
                        }
                        return enter(rows, key);
                    }))
                    .isInstanceOf(FaultException.class)
                    .hasMessage("gone");
        }
        assertComplete(run(file, this::enter));
        assertThat(warnings).contains("of 0", "of 10");
        assertThat(resumed).containsExactly(1_000L, 4_000L, 6_000L, 10_000L);
        assertThat(batches).hasSize(11);
    }

    /// The process died when rows were already in the file of rejected ones, and the journal did not know it yet.
    @Test
    void aCrashBeforeTheJournalWritesNoRejectedRowTwice() throws Exception {
        var file = file(ROWS);
        assertThatThrownBy(() -> run(file, (rows, key) -> {
                    if (key.endsWith("-5")) {
                        throw new FaultException("gone", Optional.empty());
                    }
                    return enter(rows, key);
                }))
                .isInstanceOf(FaultException.class);
        Files.writeString(
                directory.resolve("devices.csv.rejected.csv"),
                "5009,?D005007,deviceId,half a li",
                StandardOpenOption.APPEND);
        assertComplete(run(file, this::enter));
    }

    @Test
    void whatCanNotBeTakenUpBeginsAnew() throws Exception {
        var file = file(ROWS);
        // Batches that were under way may be entered after the import has failed.
        var before = new ConcurrentSkipListMap<String, Integer>();
        assertThatThrownBy(() -> run(file, (rows, key) -> {
                    if (key.endsWith("-5")) {
                        throw new FaultException("gone", Optional.empty());
                    }
                    return enter(rows, key, before);
                }))
                .isInstanceOf(FaultException.class);
        // Another file, and a file whose rejected rows are lost.
        Files.delete(directory.resolve("devices.csv.rejected.csv"));
        assertComplete(run(file, this::enter));
        Files.writeString(file, row(ROWS), StandardOpenOption.APPEND);
        run(file, this::enter);
        assertThat(resumed).isEmpty();
    }

    @Test
    void fourBatchesAndNoMoreAreUnderWay() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var fourAreHere = new CountDownLatch(4);
        run(file(ROWS), (rows, key) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            fourAreHere.countDown();
            assertThat(fourAreHere.await(20, TimeUnit.SECONDS)).isTrue();
            var answers = enter(rows, key);
            now.decrementAndGet();
            return answers;
        });
        assertThat(most).hasValue(4);
    }

    @Test
    void aDeviceThatStandsInTheFileTwiceIsEnteredOnce() throws Exception {
        var file = file(1_001);
        Files.writeString(file, row(3), StandardOpenOption.APPEND);
        var tally = run(file, this::enter);
        assertThat(tally.invalid()).isEqualTo(2);
        assertThat(entered.get("D000003")).isEqualTo(1);
        assertThat(Files.readAllLines(directory.resolve("devices.csv.rejected.csv")))
                .contains("1003,D000003,deviceId,stands on line 5 too; give each device once");
    }

    @Test
    void anAnswerThatLacksARowIsAFault() throws Exception {
        assertThatThrownBy(() -> run(
                        file(100),
                        (rows, key) -> new BatchAnswer(enter(rows, key).rows().subList(1, 90), List.of())))
                .isInstanceOf(FaultException.class)
                .hasMessage("csr-validator did not answer each of the 99 rows of a batch.");
    }

    @Test
    void aFileIsImportedByOneProcessAtATime() throws Exception {
        var file = file(100);
        run(file, (rows, key) -> {
            assertThatThrownBy(() -> run(file, this::enter))
                    .isInstanceOf(UnusableFileException.class)
                    .hasMessage("Another import of the same file is running: let it end, or end it and run this one"
                            + " again.");
            return enter(rows, key);
        });
        assertThat(run(file, this::enter).rows()).isEqualTo(100);
    }

    /// The registry takes 2 MiB at once: a thousand of the longest rows are divided.
    @Test
    void longRowsAreDivided() throws Exception {
        var text = new StringBuilder("deviceId,manufacturer,model,ocppIdentity,owner,site\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("D%06d,acme,%s,%s,%s,%s%n"
                    .formatted(
                            i,
                            "\ud835\udd38".repeat(64),
                            "x".repeat(48),
                            "\ud835\udd38".repeat(64),
                            "\ud835\udd38".repeat(255)));
        }
        var file = Files.writeString(directory.resolve("devices.csv"), text);
        assertThat(run(file, this::enter).rows()).isEqualTo(1_000);
        assertThat(entered).hasSize(1_000);
        assertThat(batches)
                .hasSize(2)
                .allSatisfy((_, rows) ->
                        assertThat(rows.getBytes(StandardCharsets.UTF_8).length).isLessThan(2 * 1024 * 1024));
    }

    @Test
    void noFileOfRejectedRowsIsLeftWhenAllAreTaken() throws Exception {
        var file = Files.writeString(
                directory.resolve("devices.csv"), "deviceId,manufacturer,model,ocppIdentity,owner,site\n" + row(1));
        assertThat(run(file, this::enter)).isEqualTo(new Tally(1, 0, 0, 0, 0, 0));
        assertThat(directory.resolve("devices.csv.rejected.csv")).doesNotExist();
    }

    @Test
    void standardInputLeavesNoJournal() throws Exception {
        var file = file(2_000);
        var plan = new ImportPlan(
                Optional.empty(),
                RowFormat.CSV,
                directory.resolve("devices.csv.rejected.csv"),
                directory.resolve("imports"),
                false,
                false);
        var tally = DeviceImport.run(
                plan,
                new ByteArrayInputStream(Files.readString(file).getBytes(StandardCharsets.UTF_8)),
                this::enter,
                listener);
        assertThat(tally.rows()).isEqualTo(2_000);
        assertThat(directory.resolve("imports")).doesNotExist();
    }

    @Test
    void aTrialEntersNothing() throws Exception {
        var tally = DeviceTrial.run(plan(file(ROWS)), InputStream.nullInputStream(), listener);
        assertThat(tally).isEqualTo(new Tally(0, 0, 0, ROWS - 11, 0, 11));
        assertThat(Files.readAllLines(directory.resolve("devices.csv.rejected.csv")))
                .hasSize(12);
    }
}
