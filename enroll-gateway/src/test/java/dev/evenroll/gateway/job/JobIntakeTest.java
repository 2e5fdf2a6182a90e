package dev.evenroll.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class JobIntakeTest {

    private static final String CSR = CertificationRequests.create(Keys.generateP256(), "SN-1", "Operator")
            .base64();
    private static final String GOOD = "{\"csr\":\"" + CSR + "\"}\n";

    private final FakeJobs jobs = new FakeJobs();
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<JobIntake.Ending> endings = new ArrayList<>();
    private final Queue<Duration> paces = new ArrayDeque<>();
    private final List<Duration> rests = new ArrayList<>();
    private int asked;

    private final JobIntake intake = new JobIntake(
            jobs,
            TestRequesters.registrationAuthority(new TestTrust(), "line-1"),
            "192.0.2.1",
            loop::add,
            () -> paces.isEmpty() ? Duration.ZERO : paces.remove(),
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
        intake.open("line-1");
        assertThat(asked).isZero();
        run();
        assertThat(asked).isEqualTo(1);
        take(GOOD + "nonsense\n" + GOOD.substring(0, 20));
        take(GOOD.substring(20).strip());
        intake.end();
        run();

        assertThat(jobs.written)
                .containsExactly(
                        "opened by line-1",
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
        intake.open("line-1");
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
        assertThat(jobs.written).hasSize(1_002).endsWith("submitted 1000");
        assertThat(endings).containsExactly(new JobIntake.Ending.Submitted(FakeJobs.ID, 1_000, 1_000));
    }

    @Test
    void aLineThatComesTooSoonRestsAndNothingBehindItIsTaken() {
        paces.addAll(List.of(Duration.ZERO, Duration.ofMillis(3), Duration.ofSeconds(2)));
        intake.open("line-1");
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
        intake.open("line-1");
        run();
        take(GOOD + GOOD + GOOD);
        run();

        assertThat(endings).containsExactly(new JobIntake.Ending.Unwritten());
        assertThat(jobs.written).noneMatch(line -> line.startsWith("submitted"));
    }

    @Test
    void theSameLinesAgainAreTheSameEnrollments() {
        intake.open("line-1");
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
        intake.open("line-1");
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
        assertThat(jobs.written).hasSize(200_002).endsWith("submitted 200000");
    }

    @Test
    void whenNobodyIsThereAnyMoreNothingIsWritten() {
        intake.open("line-1");
        run();
        intake.abandon();
        take(GOOD);
        run();

        assertThat(jobs.written).containsExactly("opened by line-1");
        assertThat(endings).isEmpty();
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
