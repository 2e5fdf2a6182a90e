package dev.evenroll.revocation.connection.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.revocation.connection.TestStations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedCertificateTest {

    private static final X509Certificate CERTIFICATE = new TestStations().station("SN-1");
    private static final String ESCAPED = escaped(Pem.encode(CERTIFICATE));

    /// As nginx and Envoy write it: a space is %20.
    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.US_ASCII).replace("+", "%20");
    }

    @Test
    void nginxSendsThePemPercentEncoded() throws MalformedException {
        assertThat(PresentedCertificate.ofNginx(ESCAPED)).contains(CERTIFICATE);
    }

    @Test
    void noHeaderIsNoCertificate() throws MalformedException {
        assertThat(PresentedCertificate.ofNginx("")).isEmpty();
        assertThat(PresentedCertificate.ofEnvoy("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cert="<cert>"
            Hash=ab12;Cert="<cert>"
            Hash=ab12;Cert="<cert>";Subject="CN=SN-1,O=A;B \\"C\\"";URI=
            cert=<cert>
            By=spiffe://a/b;Hash=1; Cert="<cert>" ;Chain="<cert><cert>"
            """)
    void envoySendsItInTheHeaderXfcc(String header) throws MalformedException {
        assertThat(PresentedCertificate.ofEnvoy(header.replace("<cert>", ESCAPED)))
                .contains(CERTIFICATE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hash=ab12                          | holds no Cert
            Cert="<cert>",Cert="<cert>"        | holds more than one element
            Hash=1,Cert="<cert>"               | holds more than one element
            Cert="<cert>";Cert="<cert>"        | holds Cert twice
            Cert="<cert>                       | has a quote that does not end
            Hash;Cert="<cert>"                 | holds a pair without "="
            Cert="%4"                          | has a % that two hexadecimal digits do not follow
            Cert="abc"                         | holds no block
            Cert=""                            | holds no block
            """)
    void whatEnvoyDoesNotSendIsMalformed(String header, String words) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PresentedCertificate.ofEnvoy(header.replace("<cert>", ESCAPED)))
                .withMessageStartingWith("X-Forwarded-Client-Cert: ")
                .withMessageContaining(words);
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PresentedCertificate.ofNginx("a".repeat(PresentedCertificate.LONGEST + 1)))
                .withMessage("X-SSL-Client-Cert: has 16385 characters, at most 16384 are looked at");
    }

    /// Whatever comes, it is a certificate or malformed: nothing else is thrown.
    @Test
    void hostileInputIsACertificateOrMalformed() {
        var random = new Random(20261127);
        int certificates = 0;
        for (int round = 0; round < 4_000; round++) {
            var text = mutated(round % 2 == 0 ? ESCAPED : "Hash=1;Cert=\"" + ESCAPED + "\"", random);
            certificates += decodes(() -> PresentedCertificate.ofNginx(text)) ? 1 : 0;
            certificates += decodes(() -> PresentedCertificate.ofEnvoy(text)) ? 1 : 0;
            decodes(() -> {
                OcppUrl.identity(text);
                return PresentedCertificate.ofBody(text);
            });
        }
        // Some changes leave a well-formed certificate: the test reaches what is behind the parsers.
        assertThat(certificates).isPositive();
    }

    private interface Decoding {
        Object decode() throws MalformedException;
    }

    private static boolean decodes(Decoding decoding) {
        try {
            decoding.decode();
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String mutated(String text, Random random) {
        var changed = new StringBuilder(text);
        for (int change = 0; change <= random.nextInt(4); change++) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(5)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
                case 1 -> changed.insert(at, "\"\\;,=%".charAt(random.nextInt(6)));
                case 2 -> changed.deleteCharAt(at);
                case 3 -> changed.setLength(at + 1);
                default -> changed.insert(at, changed.substring(0, random.nextInt(at + 1)));
            }
        }
        return changed.toString();
    }
}
