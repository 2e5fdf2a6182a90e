package dev.evenroll.audit;

import dev.evenroll.audit.SampleEvents.Sample;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobInterrupted;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobLinesTaken;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.PolicyDecision;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.RegisteredJob;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events of enrollments up to the decision, and of the bulk jobs that they come from.
final class EnrollmentSamples {

    private static final String JOB = "5e1f.42";
    private static final String REQUESTER = "serialNumber=D1,O=simulated";

    private EnrollmentSamples() {}

    static Stream<Sample> all() {
        return Stream.of(requests(), decisions(), jobs()).flatMap(samples -> samples);
    }

    private static Stream<Sample> requests() {
        return Stream.of(
                requested(List.of(idevid()), null, null),
                requested(List.of(), null, null),
                requested(List.of(SampleEvents.BYTES), null, null),
                requested(List.of(), SampleEvents.TOKEN_SHA256, null),
                requested(List.of(idevid()), null, new JobLine(JOB, 17)));
    }

    private static Sample requested(List<ByteBuffer> chain, @Nullable String tokenSha256, @Nullable JobLine jobLine) {
        return new Sample(
                Topics.ENROLLMENT_REQUESTED,
                new EnrollmentRequested(
                        SampleEvents.ENVIRONMENT,
                        SampleEvents.NOW,
                        SampleEvents.ENROLLMENT,
                        "D1",
                        EnrollmentOperation.SIMPLE_ENROLL,
                        SampleEvents.BYTES,
                        chain,
                        "192.0.2.7",
                        jobLine == null ? 3 : -1,
                        tokenSha256,
                        jobLine));
    }

    private static ByteBuffer idevid() {
        try {
            var manufacturer =
                    CertificateAuthority.selfSigned("simulated", Duration.ofDays(3650), () -> SampleEvents.NOW);
            return ByteBuffer.wrap(manufacturer
                    .issueIdevid("simulated", "D1", Keys.generateP256().getPublic())
                    .getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Sample> decisions() {
        return Stream.of(
                authorized(EnrollmentModel.FACTORY, null, REQUESTER, null),
                authorized(EnrollmentModel.FIELD, null, "token of ines", null),
                authorized(EnrollmentModel.JUST_IN_TIME, policy("allowed"), REQUESTER, "otto"),
                authorized(EnrollmentModel.UNKNOWN, null, "", null),
                refused(EnrollmentModel.JUST_IN_TIME, policy("refused"), REQUESTER, false),
                refused(EnrollmentModel.FACTORY, null, REQUESTER, true),
                refused(EnrollmentModel.UNKNOWN, null, "", false),
                new Sample(
                        Topics.ENROLLMENT_PENDING,
                        new EnrollmentPending(
                                SampleEvents.ENVIRONMENT,
                                SampleEvents.NOW,
                                SampleEvents.ENROLLMENT,
                                "D1",
                                "new in the field",
                                SampleEvents.NOW.plus(Duration.ofDays(7)),
                                EnrollmentModel.JUST_IN_TIME,
                                policy("pending"),
                                REQUESTER,
                                "192.0.2.7",
                                "3f".repeat(32),
                                "7e".repeat(32))));
    }

    private static PolicyDecision policy(String decision) {
        return new PolicyDecision(
                "batch-7",
                "2026-11-a@0123456789ab",
                decision,
                "simulated",
                "EV-1",
                DeviceState.REGISTERED,
                "192.0.2.7",
                SampleEvents.NOW,
                false);
    }

    private static Sample authorized(
            EnrollmentModel model, @Nullable PolicyDecision policy, String requester, @Nullable String approver) {
        return new Sample(
                Topics.ENROLLMENT_AUTHORIZED,
                new EnrollmentAuthorized(
                        SampleEvents.ENVIRONMENT,
                        SampleEvents.NOW,
                        SampleEvents.ENROLLMENT,
                        "D1",
                        "charging-station",
                        "Stadtwerke",
                        SampleEvents.BYTES,
                        3,
                        model,
                        policy,
                        requester,
                        approver,
                        new Acceptance(SampleEvents.NOW, 1L),
                        model == EnrollmentModel.JUST_IN_TIME ? KeyAssurance.ATTESTED_KEY : KeyAssurance.SOFTWARE_KEY));
    }

    private static Sample refused(
            EnrollmentModel model, @Nullable PolicyDecision policy, String requester, boolean afterAcceptance) {
        return new Sample(
                Topics.ENROLLMENT_REFUSED,
                new EnrollmentRefused(
                        SampleEvents.ENVIRONMENT,
                        SampleEvents.NOW,
                        SampleEvents.ENROLLMENT,
                        "D1",
                        SampleEvents.FINDINGS,
                        "192.0.2.7",
                        3,
                        model,
                        policy,
                        requester,
                        afterAcceptance,
                        afterAcceptance ? new Acceptance(SampleEvents.NOW, 1L) : null));
    }

    private static Stream<Sample> jobs() {
        return Stream.of(
                job(new JobOpened("line-3", "ca".repeat(32))),
                job(new JobLinesTaken(251, List.of(1L, 2L, 3L))),
                job(new JobInterrupted(253)),
                job(new JobSubmitted(2000)),
                registered("file-1", false),
                registered("file-1", true),
                job(new JobLineEnded(17, "D1", SampleEvents.ENROLLMENT, new Issued(SampleEvents.BYTES))),
                job(new JobLineEnded(18, "D2", SampleEvents.ENROLLMENT, new Refused(SampleEvents.FINDINGS))),
                job(new JobLineEnded(19, "", "", new Refused(SampleEvents.FINDINGS))),
                job(new JobLineEnded(20, "D3", SampleEvents.ENROLLMENT, new Pending(3600))));
    }

    private static Sample registered(String idempotencyKey, boolean submitted) {
        return new Sample(
                Topics.JOB_REGISTRY,
                new RegisteredJob(
                        SampleEvents.ENVIRONMENT,
                        SampleEvents.NOW,
                        JOB,
                        "line-3",
                        idempotencyKey,
                        SampleEvents.NOW,
                        submitted,
                        "ca".repeat(32)));
    }

    private static Sample job(Object step) {
        return new Sample(
                Topics.JOB_PROGRESSED, new JobProgressed(SampleEvents.ENVIRONMENT, SampleEvents.NOW, JOB, step));
    }
}
