package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The model `field`: an installer's one-time token instead of a certificate.
class TokenTest extends Judgement {

    private static final String REFUSED =
            "token-refused|token: is not accepted for this device; have an installer create a new one";
    private static final String ENROLLMENT = "ab".repeat(32);

    private final OneTimeToken token = OneTimeToken.random(new SecureRandom());
    private final OneTimeToken former = OneTimeToken.random(new SecureRandom());
    private final OneTimeToken other = OneTimeToken.random(new SecureRandom());

    @Test
    void theDevicesTokenEnrollsIt() {
        assertThat(judge(device.bearing(token).submits(), allowing(EnrollmentModel.FIELD), live(), null))
                .isEqualTo(new Verdict.Accepted(
                        new Route(EnrollmentModel.FIELD, "token of bob", null),
                        Installation.OWNER,
                        spki(device.keys()),
                        null,
                        null,
                        true,
                        null,
                        false,
                        "charging-station",
                        Assurance.SOFTWARE_KEY));
    }

    @Test
    void anotherTokenCountsAsAnAttempt() {
        var verdict = judge(device.bearing(other).submits(), allowing(EnrollmentModel.FIELD), live(), null);
        assertThat(sentences(verdict))
                .containsExactly("token-wrong|token: is not that of EVR-1; have an installer create one for it");
        assertThat(told(verdict)).containsExactly(REFUSED);
        assertThat(verdict.route()).isEqualTo(new Route(EnrollmentModel.FIELD, "token", null));
        assertThat(alarms(verdict))
                .containsExactly("WRONG_TOKEN|A request of token for the device EVR-1 was refused: "
                        + "token: is not that of EVR-1; have an installer create one for it.");
    }

    @Test
    void aTokenThatWasReplacedIsRefusedButIsNoAttempt() {
        var verdict = judge(device.bearing(former).submits(), allowing(EnrollmentModel.FIELD), live(), null);
        assertThat(sentences(verdict))
                .containsExactly("token-replaced|token: that of EVR-1 was replaced by another; "
                        + "enter the new one in the device");
        assertThat(told(verdict)).containsExactly(REFUSED);
        assertThat(verdict.route()).isEqualTo(new Route(EnrollmentModel.FIELD, "token", null));
        assertThat(alarms(verdict)).singleElement().asString().startsWith("UNUSABLE_TOKEN|A request of token for ");
    }

    @Test
    void aSpentTokenIsRefused() {
        var verdict = judge(
                device.bearing(token).submits(),
                allowing(EnrollmentModel.FIELD),
                held(Duration.ofHours(1), ENROLLMENT, false),
                null);
        assertThat(sentences(verdict))
                .containsExactly("token-spent|token: that of EVR-1 was spent for the enrollment " + ENROLLMENT
                        + "; have an installer create a new one");
        assertThat(told(verdict)).containsExactly(REFUSED);
        assertThat(verdict.route().requester()).isEqualTo("token of bob");
        assertThat(alarms(verdict)).singleElement().asString().startsWith("UNUSABLE_TOKEN|A request of token of bob ");
    }

    @Test
    void aTokenExpiresAtItsEnd() {
        assertThat(judge(
                        device.bearing(token).submits(),
                        allowing(EnrollmentModel.FIELD),
                        held(Duration.ofSeconds(1), null, false),
                        null))
                .isInstanceOf(Verdict.Accepted.class);
        var verdict = judge(
                device.bearing(token).submits(),
                allowing(EnrollmentModel.FIELD),
                held(Duration.ZERO, null, false),
                null);
        assertThat(sentences(verdict))
                .containsExactly("token-expired|token: that of EVR-1 expired at 2026-11-22T10:00:00Z; "
                        + "have an installer create a new one");
        assertThat(told(verdict)).containsExactly(REFUSED);
    }

    @Test
    void aLockedTokenIsRefusedThoughItIsTheRightOne() {
        var verdict = judge(
                device.bearing(token).submits(),
                allowing(EnrollmentModel.FIELD),
                held(Duration.ofHours(1), null, true),
                null);
        assertThat(sentences(verdict))
                .containsExactly("token-locked|token: that of EVR-1 is locked after too many wrong ones; "
                        + "find out who presented them, then have an installer create a new one");
        assertThat(told(verdict)).containsExactly(REFUSED);
    }

    @Test
    void aDeviceWithoutTokenIsNotEnrolledByOne() {
        var verdict = judge(device.bearing(token).submits(), allowing(EnrollmentModel.FIELD), null, null);
        assertThat(sentences(verdict))
                .containsExactly("token-none|token: EVR-1 has no one-time token; have an installer create one");
        assertThat(told(verdict)).containsExactly(REFUSED);
        assertThat(alarms(verdict)).singleElement().asString().startsWith("UNUSABLE_TOKEN|");
    }

    @Test
    void everythingThatIsWrongWithATokenIsReported() {
        var verdict = judge(
                device.bearing(token).submits(),
                allowing(EnrollmentModel.FIELD),
                held(Duration.ofHours(-1), ENROLLMENT, true),
                null);
        assertThat(((Verdict.Refused) verdict).failures())
                .extracting(failure -> failure.rule())
                .containsExactly("token-locked", "token-spent", "token-expired");
        assertThat(alarms(verdict)).hasSize(1);
    }

    /// A guesser can not tell a wrong token from a spent, an expired or a locked one, nor a device that has none
    /// or that nobody knows from one that has.
    @Test
    void aGuesserHearsOneAndTheSameSentence() {
        var answers = new ArrayList<List<String>>();
        var guess = device.bearing(other).submitsWithOrganization("Somebody Else");
        var right = device.bearing(token).submitsWithOrganization("Somebody Else");
        var replaced = device.bearing(former).submitsWithOrganization("Somebody Else");
        var known = allowing(EnrollmentModel.FACTORY);
        var suspended = after(known, order -> new DeviceCommand.Suspend(order, "stolen"));
        for (DeviceLife life : List.of(known, suspended, new DeviceLife.Unregistered(), ofGlobex("EVR-1"))) {
            answers.add(told(judge(guess, life, null, null)));
            answers.add(told(judge(guess, life, live(), null)));
            answers.add(told(judge(replaced, life, live(), null)));
            answers.add(told(judge(guess, life, held(Duration.ofHours(1), null, true), null)));
            answers.add(told(judge(right, life, held(Duration.ofHours(-1), null, false), null)));
            answers.add(told(judge(right, life, held(Duration.ofHours(1), ENROLLMENT, false), null)));
            answers.add(told(judge(right, life, held(Duration.ofHours(1), null, true), null)));
        }
        assertThat(answers).hasSize(28).containsOnly(List.of(REFUSED));
    }

    @Test
    void theBearerOfTheRightTokenHearsEverything() {
        assertThat(told(judge(
                        device.bearing(token).submitsWithOrganization("Somebody Else"),
                        allowing(EnrollmentModel.FACTORY),
                        live(),
                        null)))
                .containsExactly(
                        "enrollment-model|enrollment model: EVR-1 may not enroll by the model field, its registration "
                                + "allows factory; enroll it so, or have its registration updated",
                        "subject-organization|subject: O is \"Somebody Else\", which is not the operator that EVR-1 is "
                                + "registered for; set the device's organization name to it, or leave O out");
    }

    @Test
    void aTokenRenewsNothing() {
        var renewal = device.bearing(token).asking(EnrollmentOperation.SIMPLE_REENROLL);
        assertThat(sentences(judge(renewal.submits(), allowing(EnrollmentModel.FIELD), live(), null)))
                .containsExactly("renewal-with-token|operation: simplereenroll takes the device's present certificate; "
                        + "a token enrolls at simpleenroll");
        var unknown = device.bearing(token).asking(EnrollmentOperation.UNRECOGNIZED);
        assertThat(sentences(judge(unknown.submits(), allowing(EnrollmentModel.FIELD), live(), null)))
                .singleElement()
                .asString()
                .startsWith("operation-unknown|");
    }

    /// The token is that of the device that the request names, whatever the name in the request itself.
    @Test
    void theTokenOfOneDeviceEnrollsNoOther() {
        var submission = device.bearing(token).pretendingToBe("EVR-2").submits();
        var asEvr1 = new Submission(
                submission.enrollmentId(),
                "EVR-1",
                submission.operation(),
                submission.certificationRequest(),
                List.of(),
                submission.tokenSha256(),
                submission.remoteAddress());
        assertThat(sentences(judge(asEvr1, allowing(EnrollmentModel.FIELD), live(), null)))
                .containsExactly("subject-common-name|subject: must have exactly one CN, the device's serial number "
                        + "EVR-1; make the request again with it");
    }

    @Test
    void aDigestThatIsNoneIsNotJudged() {
        var genuine = device.bearing(token).submits();
        for (var digest : List.of("", "x", "AB".repeat(32), "ab".repeat(33))) {
            var submission = new Submission(
                    genuine.enrollmentId(),
                    "EVR-1",
                    genuine.operation(),
                    genuine.certificationRequest(),
                    List.of(),
                    digest,
                    genuine.remoteAddress());
            assertThat(sentences(judge(submission, allowing(EnrollmentModel.FIELD), live(), null)))
                    .containsExactly("unreadable-requester|token: is not 64 lower-case hexadecimal digits; "
                            + "the enroll-gateway that sent it must be examined");
        }
    }

    @Test
    void anIdevidBesideATokenIsNotLookedAt() {
        var submission = device.bearing(token).submits();
        var withChain = new Submission(
                submission.enrollmentId(),
                "EVR-1",
                submission.operation(),
                submission.certificationRequest(),
                device.submits().requesterChain(),
                submission.tokenSha256(),
                submission.remoteAddress());
        assertThat(judge(withChain, allowing(EnrollmentModel.FIELD), live(), null))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(sentences(judge(withChain, allowing(EnrollmentModel.FACTORY), live(), null)))
                .singleElement()
                .asString()
                .startsWith("enrollment-model|");
    }

    @Test
    void aWeakKeyIsRefusedWithATokenToo() {
        var weak = device.withKeys(Keys.generateRsa(1024)).bearing(token);
        assertThat(told(judge(weak.submits(), allowing(EnrollmentModel.FIELD), null, null)))
                .containsExactly(
                        REFUSED,
                        "weak-key|subjectPublicKeyInfo: RSA of 1024 bits is not accepted; "
                                + "make a key of 2048 to 4096 bits, or one on P-256");
    }

    private DeviceTokenView live() {
        return held(Duration.ofHours(1), null, false);
    }

    private DeviceTokenView held(Duration life, @Nullable String spentFor, boolean locked) {
        Instant expiresAt = installation.clock().instant().plus(life);
        return new DeviceTokenView(token.sha256(), List.of(former.sha256()), "bob", expiresAt, spentFor, locked);
    }
}
