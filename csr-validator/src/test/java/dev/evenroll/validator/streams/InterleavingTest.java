package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.streams.ValidatorDriver.Answer;
import dev.evenroll.validator.validation.Submission;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests, repeats, registrations and the issuer's answers in random order.
///
/// Whatever the order: an enrollment is authorized once unless the CA refused it, a key is authorized for one
/// device, an enrollment has one certificate, and whoever asks after its end is answered.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class InterleavingTest {

    private static final int DEVICES = 5;

    @TempDir
    private Path state;

    private final Installation installation = new Installation();
    private final List<EnrollmentAuthorized> atTheCa = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private final Map<ByteBuffer, String> deviceOfKey = new HashMap<>();
    private final Map<String, ByteBuffer> certificates = new HashMap<>();

    @Test
    void thePromisesHoldInAnyOrder() {
        var random = new Random(20261122);
        try (var validator = ValidatorDriver.start(installation, state)) {
            var submissions = submissions();
            for (var step = 0; step < 3_000; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> validator.register("EVR-" + random.nextInt(DEVICES));
                    case 1, 2, 3 -> answerOfTheCa(validator, random);
                    default ->
                        validator.request(submissions.get(random.nextInt(submissions.size())), random.nextInt(12));
                }
                check(validator);
            }
            while (!atTheCa.isEmpty()) {
                issue(validator, atTheCa.removeLast());
                check(validator);
            }
            assertThat(certificates).isNotEmpty();
            submissions.stream()
                    .filter(submission -> certificates.containsKey(submission.enrollmentId()))
                    .forEach(submission -> {
                        validator.request(submission, 0);
                        assertThat(validator.answers())
                                .extracting(answer -> certificate(answer))
                                .containsExactly(certificates.get(submission.enrollmentId()));
                    });
        }
    }

    /// Two keys for each device; the first one of each is also claimed by its neighbour.
    private List<Submission> submissions() {
        var submissions = new ArrayList<Submission>();
        var neighbour = Keys.generateP256();
        for (var number = 0; number < DEVICES; number++) {
            var device = installation.device("EVR-" + number);
            submissions.add(device.submits());
            submissions.add(device.withKeys(Keys.generateP256()).submits());
            submissions.add(device.withKeys(neighbour).submits());
            neighbour = device.keys();
        }
        return submissions;
    }

    private void answerOfTheCa(ValidatorDriver validator, Random random) {
        if (atTheCa.isEmpty()) {
            return;
        }
        var authorized = atTheCa.remove(random.nextInt(atTheCa.size()));
        if (random.nextInt(3) == 0) {
            validator.refuseIssuance(authorized);
            open.remove(authorized.getEnrollmentId());
        } else {
            issue(validator, authorized);
        }
    }

    private void issue(ValidatorDriver validator, EnrollmentAuthorized authorized) {
        var issued = validator.issue(authorized);
        assertThat(certificates.put(authorized.getEnrollmentId(), issued.getCertificate()))
                .isNull();
    }

    private void check(ValidatorDriver validator) {
        for (var authorized : validator.authorizations()) {
            assertThat(open.add(authorized.getEnrollmentId()))
                    .as("authorized once")
                    .isTrue();
            assertThat(deviceOfKey.merge(
                            authorized.getSubjectPublicKeyInfo(), authorized.getDeviceId(), (first, second) -> first))
                    .as("one key, one device")
                    .isEqualTo(authorized.getDeviceId());
            atTheCa.add(authorized);
        }
        for (var answer : validator.answers()) {
            if (answer.outcome().getResult() instanceof Issued) {
                assertThat(certificate(answer))
                        .isEqualTo(certificates.get(answer.outcome().getEnrollmentId()));
            }
        }
        assertThat(validator.deadLetters()).isEmpty();
    }

    private static ByteBuffer certificate(Answer answer) {
        return ((Issued) answer.outcome().getResult()).getCertificate();
    }
}
