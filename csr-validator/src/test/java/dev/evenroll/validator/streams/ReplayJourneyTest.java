package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.validation.Submission;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Requests with tokens, under quotas and before a person, each delivered many times, among commands, decisions,
/// time that passes and the issuer's answers, in random order.
///
/// Whatever the order: an enrollment is authorized once unless the CA refused it, and has one certificate,
/// which whoever asks again gets; a token opens one enrollment; an hour has the certificates that its policy
/// allows; what a person rejected is not authorized, and what waits is told once.
class ReplayJourneyTest extends Journey {

    private static final int DEVICES = 4;
    private static final int QUOTA = 3;

    private final Random random = new Random(20261122);
    private final SecureRandom tokens = new SecureRandom();
    private final List<Submission> submissions = new ArrayList<>();
    private final List<EnrollmentAuthorized> atTheCa = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private final Map<String, ByteBuffer> certificates = new HashMap<>();
    private final Map<String, String> enrollmentOfToken = new HashMap<>();
    private final Map<Instant, Set<String>> allowed = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();

    @Test
    void thePromisesHoldInAnyOrder() {
        installation.decidesBy("""
                version: a
                policies:
                  - name: rollout
                    match: { serialNumber: "JIT-.*" }
                    decision: allow
                    quotaPerHour: %d
                    unknownDevices: quarantine
                    register: { owner: %s, site: none, model: X1, ocppIdentity: "{serialNumber}" }
                """.formatted(QUOTA, Installation.OWNER));
        for (var number = 0; number < DEVICES; number++) {
            register("EVR-" + number, EnrollmentModel.FIELD, EnrollmentModel.FACTORY);
            addSubmissions(number);
        }
        for (var step = 0; step < 4_000; step++) {
            step();
            check();
        }
        while (!atTheCa.isEmpty()) {
            issue(atTheCa.removeLast());
        }
        assertThat(certificates).hasSizeGreaterThan(DEVICES);
        assertThat(rejected).isNotEmpty();
        assertThat(enrollmentOfToken).hasSizeGreaterThan(1);
        everyRepeatGetsTheSameCertificate();
    }

    private void addSubmissions(int number) {
        var newcomer = installation.device("JIT-" + number);
        submissions.add(newcomer.submits());
        submissions.add(newcomer.withKeys(Keys.generateP256()).submits());
        submissions.add(installation.device("EVR-" + number).submits());
    }

    private void step() {
        var number = random.nextInt(DEVICES);
        switch (random.nextInt(40)) {
            case 0 -> createToken(number);
            case 1 -> quarantine("EVR-" + number);
            case 2 -> validator.command(new DeviceCommand.Resume(order("EVR-" + number, "alice"), "found"));
            case 3, 4 -> decide();
            case 5 -> pass(Duration.ofMinutes(20));
            case 6, 7, 8, 9 -> answerOfTheCa();
            default -> validator.request(submissions.get(random.nextInt(submissions.size())), random.nextInt(12));
        }
    }

    /// Two requests with one token.
    private void createToken(int number) {
        var token = OneTimeToken.random(tokens);
        validator.command(new DeviceCommand.CreateToken(
                order("EVR-" + number, "ina"),
                token.sha256(),
                installation.clock().instant().plus(Duration.ofHours(2))));
        submissions.add(installation.device("EVR-" + number).bearing(token).submits());
        submissions.add(installation.device("EVR-" + number).bearing(token).submits());
    }

    private void decide() {
        if (waiting.isEmpty()) {
            return;
        }
        var id = waiting.iterator().next();
        waiting.remove(id);
        var submission = submission(id);
        if (random.nextInt(3) == 0) {
            validator.registry();
            reject(submission, "no");
            // A device that has been released since may have asked again and got an answer: nothing waits any more.
            if (validator.registry().getLast().getLastCommand().getRefusals().isEmpty()) {
                rejected.add(id);
            }
        } else {
            approve(submission);
        }
    }

    private Submission submission(String enrollmentId) {
        return submissions.stream()
                .filter(submission -> submission.enrollmentId().equals(enrollmentId))
                .findFirst()
                .orElseThrow();
    }

    private void answerOfTheCa() {
        if (atTheCa.isEmpty()) {
            return;
        }
        var authorized = atTheCa.remove(random.nextInt(atTheCa.size()));
        if (random.nextInt(3) == 0) {
            validator.refuseIssuance(authorized);
            open.remove(authorized.getEnrollmentId());
        } else {
            issue(authorized);
        }
    }

    private void issue(EnrollmentAuthorized authorized) {
        var issued = validator.issue(authorized);
        assertThat(certificates.put(authorized.getEnrollmentId(), issued.getCertificate()))
                .isNull();
    }

    private void check() {
        for (var pending : validator.pending()) {
            assertThat(waiting.add(pending.getEnrollmentId())).as("told once").isTrue();
        }
        for (var authorized : validator.authorizations()) {
            check(authorized);
        }
        for (var answer : validator.answers()) {
            if (answer.outcome().getResult() instanceof Issued issued) {
                assertThat(issued.getCertificate())
                        .isEqualTo(certificates.get(answer.outcome().getEnrollmentId()));
            }
        }
        assertThat(validator.deadLetters()).isEmpty();
    }

    private void check(EnrollmentAuthorized authorized) {
        var id = authorized.getEnrollmentId();
        assertThat(open.add(id)).as("authorized once").isTrue();
        assertThat(rejected).doesNotContain(id);
        waiting.remove(id);
        var token = submission(id).tokenSha256();
        if (token != null) {
            assertThat(enrollmentOfToken.merge(token, id, (first, second) -> first))
                    .as("a token opens one enrollment")
                    .isEqualTo(id);
        }
        if (authorized.getPolicy() != null) {
            var hour = installation.clock().instant().truncatedTo(ChronoUnit.HOURS);
            var enrollments = allowed.computeIfAbsent(hour, _ -> new HashSet<>());
            enrollments.add(id);
            assertThat(enrollments).as("quota").hasSizeLessThanOrEqualTo(QUOTA);
        }
        atTheCa.add(authorized);
    }

    private void everyRepeatGetsTheSameCertificate() {
        validator.answers();
        for (var submission : List.copyOf(submissions)) {
            if (certificates.containsKey(submission.enrollmentId())) {
                for (var time = 0; time < 10; time++) {
                    validator.request(submission, time);
                }
                assertThat(validator.answers())
                        .hasSize(10)
                        .allSatisfy(
                                answer -> assertThat(((Issued) answer.outcome().getResult()).getCertificate())
                                        .isEqualTo(certificates.get(submission.enrollmentId())));
            }
        }
        assertThat(validator.authorizations()).isEmpty();
    }
}
