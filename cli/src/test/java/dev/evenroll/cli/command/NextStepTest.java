package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NextStepTest {

    private static final Path DIRECTORY = Path.of("/devices/D1");

    private static String afterRefusal(String text) {
        return new NextStep(false).afterRefusal(text, DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approval-rejected: enrollment: was rejected by a person (why); mend the cause and make a new request",
                "key-claim: key: belongs to another device",
                "weak-key: subjectPublicKeyInfo: RSA of 1024 bits is not accepted",
                "subject: has O\nkey-blocked: key: is blocked",
            })
    void whatIsWrongWithTheKeyAsksForANewOne(String text) {
        assertThat(afterRefusal(text))
                .isEqualTo(
                        "Sent again, this request is refused again. Once that is mended, run the same command with --anew:"
                                + " it makes a new key and a new request, and puts these aside in /devices/D1/previous.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "renewal-revoked: requester certificate: the present certificate is revoked; enroll anew",
                "renewal-expired: requester certificate: expired on 2026-11-01",
                "The client certificate 1-02 has been revoked. Ask the operator of the charging station.",
            })
    void whatIsWrongWithTheCertificateAsksForAFirstOne(String text) {
        assertThat(afterRefusal(text))
                .isEqualTo(
                        "The present certificate can not be renewed any more: enroll with --anew in place of --renew.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device-not-registered: device: D1 is not registered; have its operator register it",
                "key-attestation: evidence: is missing; send it",
                "certificate-revoked: certificate: was issued, and has been revoked since; make the request again",
            })
    void anythingElseIsAskedAgain(String text) {
        assertThat(afterRefusal(text))
                .isEqualTo("Once that is mended, run the same command again. Key and request are kept in /devices/D1.");
    }

    /// Repeated with `--anew` it would be another request each time.
    @ParameterizedTest
    @CsvSource({"true, run the same command without --anew", "false, run the same command again"})
    void theSameRequestIsSentAgainWithoutAnew(boolean anew, String words) {
        assertThat(new NextStep(anew).again()).isEqualTo(words);
    }
}
