package dev.evenroll.gateway.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakePipeline;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.Requester;
import dev.evenroll.gateway.authentication.TestRequesters;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EnrollmentsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Answer ISSUED = new Answer.Issued(Der.of(new byte[] {1, 2, 3}));

    private final Requester requester = TestRequesters.device(new TestTrust(), "SN-1");
    private final FakePipeline pipeline = new FakePipeline(2);

    @Test
    void aRequestIsHandedOnAndAnsweredWithItsOutcome() {
        var request = request(1);
        var answer = enrollments(LONG).enroll(request);
        assertThat(answer).isNotDone();
        assertThat(pipeline.requests).containsExactly(request);

        assertThat(pipeline.parked.answer(request.id(), ISSUED)).isTrue();

        assertThat(answer).isCompletedWithValue(ISSUED);
        assertThat(pipeline.parked.waiting()).isZero();
    }

    @Test
    void anAnswerThatComesBeforeTheRequestIsAcknowledgedIsNotLost() {
        pipeline.behaviour = _ -> ISSUED;
        pipeline.written = new CompletableFuture<>();

        assertThat(enrollments(LONG).enroll(request(1))).isCompletedWithValue(ISSUED);
    }

    @Test
    void theSameRequestTwiceIsOneEnrollmentAndBothAreAnswered() {
        var enrollments = enrollments(LONG);
        var first = enrollments.enroll(request(1));
        var second = enrollments.enroll(request(1));

        pipeline.parked.answer(request(1).id(), ISSUED);

        assertThat(pipeline.requests).hasSize(1);
        assertThat(first).isCompletedWithValue(ISSUED);
        assertThat(second).isCompletedWithValue(ISSUED);
        assertThat(pipeline.parked.waiting()).isZero();
    }

    @Test
    void aRequestThatIsDurableAndTakesTooLongIsToldToComeAgain() {
        assertThat(enrollments(SHORT).enroll(request(1))).succeedsWithin(LONG).isEqualTo(new Answer.Later());
        assertThat(pipeline.parked.waiting()).isZero();
        assertThat(pipeline.parked.answer(request(1).id(), ISSUED)).isFalse();
    }

    @Test
    void aRequestThatWasNotAcknowledgedInTimeIsNotPromisedAnything() {
        pipeline.written = new CompletableFuture<>();

        assertThat(enrollments(SHORT).enroll(request(1))).succeedsWithin(LONG).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void aRequestThatCouldNotBeWrittenIsTakenBackAtOnce() {
        pipeline.written = CompletableFuture.failedFuture(new IllegalStateException("broker gone"));

        assertThat(enrollments(LONG).enroll(request(1)))
                .isCompletedWithValue(
                        new Answer.Unavailable(
                                "It is not known whether the enrollment pipeline has the request; send the same request again."));
        assertThat(pipeline.parked.waiting()).isZero();
    }

    @Test
    void afterAFailureTheSameRequestIsHandedOnAgain() {
        var enrollments = enrollments(LONG);
        pipeline.written = CompletableFuture.failedFuture(new IllegalStateException("broker gone"));
        enrollments.enroll(request(1)).join();
        pipeline.written = CompletableFuture.completedFuture(null);

        var answer = enrollments.enroll(request(1));

        assertThat(pipeline.requests).hasSize(2);
        assertThat(answer).isNotDone();
    }

    @Test
    void moreThanTheLimitDoNotWait() {
        var enrollments = enrollments(LONG);
        var waiting = List.of(enrollments.enroll(request(1)), enrollments.enroll(request(2)));

        assertThat(enrollments.enroll(request(3)))
                .isCompletedWithValue(
                        new Answer.Unavailable("Too many requests wait at this gateway; send the request again."));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(pipeline.requests).hasSize(2);
    }

    @Test
    void withoutAReplyAddressNothingIsHandedOn() {
        pipeline.replyPartition = OptionalInt.empty();

        assertThat(enrollments(LONG).enroll(request(1)))
                .isCompletedWithValueMatching(Answer.Unavailable.class::isInstance);
        assertThat(pipeline.requests).isEmpty();
    }

    private Enrollments enrollments(Duration wait) {
        return new Enrollments(pipeline, pipeline, pipeline.parked, wait);
    }

    private EnrollmentRequest request(int number) {
        return new EnrollmentRequest(
                requester,
                Operation.SIMPLE_ENROLL,
                new DeviceId("SN-1"),
                Der.of(new byte[] {(byte) number}),
                "192.0.2.1");
    }
}
