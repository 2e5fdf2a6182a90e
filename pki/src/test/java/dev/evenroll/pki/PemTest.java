package dev.evenroll.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.SubjectAttribute;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
    @Test
    void chainSurvives() throws Exception {
        String text = Pem.encode(Fixture.CA.chain());

        assertThat(text).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("-----END CERTIFICATE-----\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 64);
        assertThat(Pem.decodeCertificates("subject=CN\n" + text.replace("\n", "\r\n")))
                .isEqualTo(Fixture.CA.chain());
    }

    @Test
    void privateKeysSurvive() throws Exception {
        for (var keys : Map.of("EC", Keys.generateP256(), "RSA", Keys.generateRsa(2048), "Ed", Keys.generateEd25519())
                .values()) {
            var decoded = Pem.decodePrivateKey(Pem.encode(keys.getPrivate()));
            assertThat(decoded.getEncoded()).isEqualTo(keys.getPrivate().getEncoded());
            assertThat(decoded.getAlgorithm()).isEqualTo(keys.getPrivate().getAlgorithm());
        }
    }

    @Test
    void requestAndListSurvive() throws Exception {
        Der request = CertificationRequests.create(Fixture.DEVICE_KEYS, "CP-0001");

        assertThat(Pem.decodeCertificationRequest(Pem.encodeCertificationRequest(request)))
                .isEqualTo(request);
        assertThat(Pem.decodeCertificationRequest(Pem.encodeCertificationRequest(request)
                        .replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")))
                .isEqualTo(request);
        assertThat(Pem.decodeCrl(Pem.encodeCrl(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nothing | PEM text: holds no block "-----BEGIN CERTIFICATE-----"; check that the right file was given
                    -----BEGIN CERTIFICATE-----/AAAA | PEM text: the block "CERTIFICATE" has no end line; the file was cut off
                    -----END CERTIFICATE----- | PEM text: "-----END CERTIFICATE-----" ends no block that was begun; restore the file
                    -----BEGIN CERTIFICATE-----/-----END X----- | PEM text: "-----END X-----" ends no block that was begun; restore the file
                    -----BEGIN CERTIFICATE-----/A?/-----END CERTIFICATE----- | PEM text: the block "CERTIFICATE" is not Base64; restore the file
                    -----BEGIN CERTIFICATE-----/AAAA/-----END CERTIFICATE----- | certificate: is not an X.509 certificate in DER; check the file or the sender
                    """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Pem.decodeCertificates(text.replace('/', '\n')))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void damagedTextIsMalformedOrDecodes() {
        String good = Pem.encode(Fixture.CA.chain()) + Pem.encode(Fixture.DEVICE_KEYS.getPrivate());
        var random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            var text = new StringBuilder(good);
            text.setCharAt(random.nextInt(text.length()), (char) (10 + random.nextInt(110)));
            text.setLength(random.nextInt(text.length()));
            decodes(text.toString());
        }
    }

    @Test
    void damagedCertificateIsMalformedOrDecodes() {
        Mutations.of(Certificates.der(Fixture.CA.certificate()), 2000, 12)
                .forEach(der -> decodes(Pem.encodeCertificate(der)));
    }

    /// A peer's certificate comes out of TLS as the JDK decoded it, which is less than we decode.
    @Test
    void whatTheJdkDecodesCanBeNamed() {
        Mutations.of(Certificates.der(Fixture.CA.certificate()), 4000, 13).forEach(der -> {
            try {
                var certificate = Certificates.decode(der);
                assertThat(SubjectAttribute.of(certificate)).isNotNull();
                assertThat(CertificateId.find(certificate)).isNotNull();
                assertThat(Certificates.subject(certificate)).isNotNull();
                assertThat(TrustAnchors.of(Map.of()).verify(List.of(certificate), Fixture.NOW))
                        .isInstanceOf(PathResult.Untrusted.class);
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("certificate: ");
            }
        });
    }

    private static void decodes(String text) {
        try {
            assertThat(Pem.decodeCertificates(text)).isNotEmpty();
            assertThat(Pem.decodePrivateKey(text)).isNotNull();
        } catch (MalformedException e) {
            assertThat(e).hasMessageContaining(": ");
        }
    }

    @Test
    void aCertificateStandsAlone() {
        byte[] der = Certificates.der(Fixture.CA.certificate()).bytes();
        byte[] twice = new byte[der.length + 1];
        System.arraycopy(der, 0, twice, 0, der.length);

        assertThatThrownBy(() -> Certificates.decode(Der.of(twice)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("certificate: 1 bytes follow its end; send the certificate alone");
    }
}
