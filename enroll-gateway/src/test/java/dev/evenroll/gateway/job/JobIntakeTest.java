package dev.evenroll.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.gateway.job.JobQueries.Answer.Standing;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class JobIntakeTest {

    private static final String CSR = CertificationRequests.create(Keys.generateP256(), "SN-1", "Operator")
            .base64();
    private static final String GOOD = "{\"csr\":\"" + CSR + "\"}\n";
    private static final String OTHER = "{\"csr\":\""
            + CertificationRequests.create(Keys.generateP256(), "SN-2", "Operator")
                    .base64() + "\"}\n";

    private final FakeJobs jobs = new FakeJobs();
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<JobIntake.Ending> endings = new ArrayList<>();
    private final Queue<Duration> paces = new ArrayDeque<>();
    private final List<Duration> rests = new ArrayList<>();
    private Instant now = TestTrust.NOW;
    private int asked;

    private final JobIntake intake = new JobIntake(
            jobs,
            TestRequesters.registrationAuthority(new TestTrust(), "line-1"),
            "192.0.2.1",
            loop::add,
            () -> paces.isEmpty() ? Duration.ZERO : paces.remove(),
            () -> now,
            new JobIntake.Source() {
                @Override
                public void more() {
                    asked++;
                }

                @Override
                public void rest(Duration duration) {
                    rests.add(duration);
                }

                @Override
                public void done(JobIntake.Ending ending) {
                    endings.add(ending);
                }
            });

    @Test
    void aJobIsToldFromBeginningToEnd() {
        begin();
        run();
        assertThat(asked).isEqualTo(1);
        take(GOOD + "nonsense\n" + GOOD.substring(0, 20));
        take(GOOD.substring(20).strip());
        intake.end();
        run();

        assertThat(jobs.written)
                .containsExactly(
                        "1 asks for SN-1",
                        "2 refused  job-line: line 2: is not JSON (RFC 8259), at character 1; a line is {\"csr\": ...},"
                                + " with \"deviceId\" if wanted.",
                        "3 asks for SN-1",
                        "submitted 3");
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 3, 1));
    }

    @Test
    void nothingMoreIsTakenBeforeWhatWasTakenIsDurable() {
        jobs.slow = true;
        begin();
        run();
        take("{}\n".repeat(1_000));

        assertThat(jobs.unacknowledged).hasSize(250);
        assertThat(asked).isEqualTo(1);
        intake.end();
        assertThat(endings).isEmpty();

        for (int i = 0; i < 1_000; i++) {
            assertThat(jobs.unacknowledged).hasSizeLessThanOrEqualTo(i + 250);
            jobs.unacknowledged.get(i).complete(null);
            run();
        }
        assertThat(jobs.written).hasSize(1_001).endsWith("submitted 1000");
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 1_000, 1_000));
    }

    @Test
    void aLineThatComesTooSoonRestsAndNothingBehindItIsTaken() {
        paces.addAll(List.of(Duration.ZERO, Duration.ofMillis(3), Duration.ofSeconds(2)));
        begin();
        run();
        take(GOOD + GOOD);
        run();

        assertThat(jobs.requests).hasSize(1);
        assertThat(rests).containsExactly(Duration.ofMillis(20));
        assertThat(asked).isEqualTo(1);
        intake.end();
        run();
        assertThat(endings).isEmpty();

        intake.goOn();
        assertThat(rests).containsExactly(Duration.ofMillis(20), Duration.ofSeconds(2));
        assertThat(jobs.requests).hasSize(1);
        intake.goOn();
        run();
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 2, 0));
    }

    @Test
    void aLineThatCanNotBeWrittenEndsTheJobWithoutItsEndBeingTold() {
        jobs.failing = 2;
        begin();
        run();
        take(GOOD + GOOD + GOOD);
        run();

        assertThat(endings).containsExactly(new JobIntake.Ending.Unwritten(FakeJobs.ID));
        assertThat(jobs.written).noneMatch(line -> line.startsWith("submitted"));
    }

    @Test
    void theSameLinesAgainAreTheSameEnrollments() {
        begin();
        run();
        take(GOOD);
        take(GOOD);
        run();

        assertThat(jobs.requests).hasSize(2);
        assertThat(jobs.requests.getFirst().id())
                .isEqualTo(jobs.requests.getLast().id());
    }

    @Test
    void moreLinesThanAJobMayHaveAreNotTaken() {
        begin();
        run();
        var thousand = "\n".repeat(1_000);
        for (int i = 0; i < 200; i++) {
            take(thousand);
            run();
        }
        assertThat(endings).isEmpty();
        take("\n");
        run();

        assertThat(endings).containsExactly(new JobIntake.Ending.TooManyLines(FakeJobs.ID));
        assertThat(jobs.written).hasSize(200_001).endsWith("submitted 200000");
    }

    @Test
    void whenNobodyIsThereAnyMoreNothingIsWritten() {
        begin();
        run();
        intake.abandon();
        take(GOOD);
        run();

        assertThat(jobs.written).isEmpty();
        assertThat(endings).isEmpty();
        assertThat(jobs.told).containsExactly("interrupted at 0");
    }

    @Test
    void howManyLinesAreDurableWithoutAGapIsToldWhenItBreaks() {
        jobs.slow = true;
        begin();
        run();
        take(GOOD + "{}\n" + GOOD + GOOD);
        // The third one is not durable yet.
        for (var line : List.of(0, 1, 3)) {
            jobs.unacknowledged.get(line).complete(null);
        }
        run();
        intake.abandon();
        run();
        assertThat(jobs.told).isEmpty();
        jobs.unacknowledged.get(2).completeExceptionally(new IllegalStateException("broker gone"));
        run();

        assertThat(jobs.told).containsExactly("taken 1 to 2", "interrupted at 2");
    }

    @Test
    void itIsToldNowAndThen() {
        begin();
        run();
        take(GOOD);
        run();
        assertThat(jobs.told).isEmpty();
        now = now.plusSeconds(5);
        take(GOOD);
        run();
        assertThat(jobs.told).containsExactly("taken 1 to 2");
        take("{}\n".repeat(600));
        run();
        assertThat(jobs.told).containsExactly("taken 1 to 2", "taken 3 to 252", "taken 253 to 502");
        intake.end();
        run();
        assertThat(jobs.told).last().isEqualTo("taken 503 to 602");
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 602, 600));
    }

    @Test
    void theNextUploadGoesOnAndTakesNothingTwice() {
        bring(GOOD + "{}\n");
        jobs.written.clear();
        intake.begin(FakeJobs.ID, 1, standing(false));
        run();
        take("{}\n" + OTHER);
        intake.end();
        run();

        assertThat(jobs.written).containsExactly("3 asks for SN-2", "submitted 3");
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 3, 1));
        assertThat(jobs.told).containsExactly("taken 3 to 3");
    }

    @Test
    void aLineThatIsAnotherThanTheOneThatWasTakenIsRefused() {
        bring(GOOD + GOOD);
        jobs.written.clear();
        intake.begin(FakeJobs.ID, 0, standing(false));
        run();
        take(GOOD + OTHER + GOOD);
        run();

        assertThat(endings).containsExactly(new JobIntake.Ending.Different(FakeJobs.ID, 2));
        assertThat(jobs.written).isEmpty();
        assertThat(jobs.told).containsExactly("interrupted at 2");
    }

    @Test
    void aJobThatIsSubmittedTakesTheSameLinesAndNoFurtherOnes() {
        bring(GOOD + GOOD);
        jobs.written.clear();
        intake.begin(FakeJobs.ID, 0, standing(true));
        run();
        take(GOOD + GOOD);
        run();
        assertThat(endings).isEmpty();
        take(OTHER);
        run();

        assertThat(endings).containsExactly(new JobIntake.Ending.Complete(FakeJobs.ID, 2));
        assertThat(jobs.written).isEmpty();
        assertThat(jobs.told).isEmpty();
    }

    @Test
    void aJobMayEndWithNothingMore() {
        bring(GOOD + GOOD);
        jobs.written.clear();
        intake.begin(FakeJobs.ID, 2, standing(false));
        run();
        intake.end();
        run();

        assertThat(jobs.written).containsExactly("submitted 2");
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 2, 1));
    }

    /// What another upload brought: its lines are known by their digests.
    private void bring(String text) {
        var other = new JobIntake(
                jobs,
                TestRequesters.registrationAuthority(new TestTrust(), "line-1"),
                "192.0.2.1",
                loop::add,
                () -> Duration.ZERO,
                () -> now,
                new JobIntake.Source() {
                    @Override
                    public void more() {}

                    @Override
                    public void rest(Duration duration) {}

                    @Override
                    public void done(JobIntake.Ending ending) {}
                });
        other.begin(FakeJobs.ID, 0, Standing.NEW);
        other.take(text.getBytes(StandardCharsets.UTF_8));
        run();
        other.abandon();
        run();
        assertThat(jobs.told).hasSize(2);
        jobs.told.clear();
    }

    /// The lines that have been told, one of which holds no request.
    private Standing standing(boolean submitted) {
        var digests = jobs.digests.stream().mapToLong(Long::longValue).toArray();
        return new Standing(submitted, new TakenLines(digests, digests.length), 1);
    }

    private void begin() {
        intake.begin(FakeJobs.ID, 0, Standing.NEW);
    }

    private void take(String text) {
        intake.take(text.getBytes(StandardCharsets.UTF_8));
    }

    private void run() {
        for (var next = loop.poll(); next != null; next = loop.poll()) {
            next.run();
        }
    }
}
