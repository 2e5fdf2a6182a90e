package dev.evenroll.pki.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

/// A certificate from a template is that of Bouncy Castle, to the byte: for every shape of profile, kind of key and CA,
/// and for subjects, serial numbers and times at random.
class TbsTemplatesTest {
    private static final long SEED = 20261127;
    private static final int CERTIFICATES = 4_000;

    private static final List<Profile> PROFILES = Stream.concat(
                    Stream.of(
                                    new ProfileDraft()
                                            .named("everything")
                                            .subject("fqdn", "owner", "CPO", "v2")
                                            .keys(
                                                    "rsa",
                                                    "secp256r1",
                                                    "secp384r1",
                                                    "secp521r1",
                                                    "ed25519",
                                                    "ed448",
                                                    "ml-dsa-44")
                                            .experimental()
                                            .keyUsages("digitalSignature", "keyEncipherment", "keyAgreement")
                                            .purposes("serverAuth", "clientAuth", "2.999.7")
                                            .life("P90D", "PT5M", "P7D")
                                            .addresses(
                                                    "http://crl.example/{issuer}-{shard}.crl",
                                                    16,
                                                    "http://ca.example/{issuer}.cer",
                                                    "http://ocsp.example/")
                                            .policies(
                                                    Map.of("test", "2.999.1.1", "production", "2.999.1.3"),
                                                    Map.of("softwareKey", "2.999.2.1", "attestedKey", "2.999.2.2")),
                                    new ProfileDraft()
                                            .named("secc")
                                            .subject("seccId", "none", "CPO")
                                            .life("P60D", "PT1H", "P1D"),
                                    new ProfileDraft()
                                            .named("responder")
                                            .purposes("ocspSigning")
                                            .life("P7D", "PT5M", "PT0S")
                                            .addresses(null, 1, null, null)
                                            .ocspNocheck(),
                                    new ProfileDraft()
                                            .named("long-url")
                                            .addresses(
                                                    "http://crl.example/" + "x".repeat(200) + "/{shard}",
                                                    4096,
                                                    null,
                                                    null))
                            .map(draft -> Profile.validate(draft.config()).in(new Environment("test"))),
                    Stream.of(Fixture.PROFILE))
            .flatMap(profile -> Stream.of(Assurance.values()).map(profile::assuring))
            .distinct()
            .toList();

    private static final List<KeyPair> KEYS = List.of(
            Keys.generateP256(),
            Keys.generateEc("secp384r1"),
            Keys.generateEc("secp521r1"),
            Keys.generateEd25519(),
            Keys.generateEd448(),
            Keys.generateRsa(2048),
            Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_44));

    private static final List<IssuingCertificate> AUTHORITIES = Stream.concat(
                    Stream.of(Fixture.CA.issuingCertificate()),
                    Stream.of(Keys.generateEc("secp384r1"), Keys.generateEd25519(), KEYS.get(5))
                            .map(keys -> CertificateAuthority.selfSigned(
                                            "Wurzel für Ladesäulen", keys, Duration.ofDays(20_000), Fixture.CLOCK)
                                    .issuingCertificate()))
            .toList();

    private final Random random = new Random(SEED);
    private final TbsEncoding templates = new TbsTemplates();

    @Test
    void theSameBytesAsFieldByField() {
        for (var number = 0; number < CERTIFICATES; number++) {
            var contents = contents();
            assertThat(hex(templates.encode(contents)))
                    .as(() -> "certificate " + contents)
                    .isEqualTo(hex(TbsEncoding.FIELD_BY_FIELD.encode(contents)));
        }
    }

    private CertificateContents contents() {
        var notBefore = Instant.ofEpochSecond(random.nextLong(
                Instant.parse("2000-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("2100-01-01T00:00:00Z").getEpochSecond()));
        return new CertificateContents(
                any(AUTHORITIES),
                any(PROFILES),
                random.nextBoolean() ? Subject.of(text()) : Subject.of(text(), text()),
                SubjectPublicKeyInfo.getInstance(any(KEYS).getPublic().getEncoded()),
                serialNumber(),
                notBefore,
                notBefore.plusSeconds(random.nextInt(1, Integer.MAX_VALUE)));
    }

    private SerialNumber serialNumber() {
        var value = new BigInteger(random.nextInt(1, 160), random);
        return new SerialNumber(value.signum() == 0 ? BigInteger.ONE : value);
    }

    /// Any characters that a name may have, of one to four bytes each.
    private String text() {
        return IntStream.generate(() -> any(List.of(
                        random.nextInt(0x20, 0x7f),
                        random.nextInt(0xa1, 0x7ff),
                        0x20ac,
                        random.nextInt(0x1f600, 0x1f640))))
                .limit(random.nextInt(1, 32))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String hex(Der der) {
        return HexFormat.of().formatHex(der.bytes());
    }

    @Test
    void theLinterAcceptsIt() {
        var ca = Fixture.CA.issuingCertificate();
        var prepared = CertificatePreparation.prepare(
                templates,
                ca,
                Fixture.PROFILE,
                Subject.of("CP-0001", "Example Charging"),
                Fixture.spki(Fixture.DEVICE_KEYS.getPublic()),
                Fixture.SERIAL_NUMBER,
                Fixture.NOW);
        assertThat(prepared).isEqualTo(Fixture.prepared());
        assertThat(TbsLinter.lint(prepared.tbsCertificate(), ca, Fixture.PROFILE, Fixture.NOW))
                .isEmpty();
    }

    @Test
    void lengthsInDer() {
        for (int length : new int[] {0, 1, 127, 128, 255, 256, 65_535, 65_536, 0x1000000}) {
            var octets = new DEROctetString(new byte[length]);
            assertThat(DerWriter.tagged(4, new byte[length]))
                    .as("length %d", length)
                    .isEqualTo(StrictDer.encode(octets));
        }
    }
}
