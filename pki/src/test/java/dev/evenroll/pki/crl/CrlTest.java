package dev.evenroll.pki.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrlTest {
    private static final IssuingCertificate ISSUER = Fixture.CA.issuingCertificate();
    private static final Instant NOW = Fixture.NOW;
    private static final TbsForge GOOD = TbsForge.crl(Fixture.preparedCrl());
    private static final int SIGNATURE = 1;
    private static final int ISSUER_NAME = 2;
    private static final int THIS_UPDATE = 3;
    private static final int NEXT_UPDATE = 4;
    private static final int REVOKED = 5;

    @Test
    void opensslFindsTheRevokedAndOnlyThem(@TempDir Path directory) throws Exception {
        // openssl goes by the real clock.
        var clock = InstantSource.system();
        var root = CertificateAuthority.selfSigned("Root", Duration.ofDays(30), clock);
        X509Certificate revoked = root.issueClient("revoked", Fixture.DEVICE_KEYS.getPublic());
        X509Certificate good = root.issueClient("good", Fixture.DEVICE_KEYS.getPublic());
        String serialNumber = CertificateId.of(revoked).serialNumber();
        Instant now = clock.instant();
        Der tbs = CrlPreparation.prepare(
                root.issuingCertificate(),
                Fixture.complete(1, now, now.plus(Duration.ofDays(1))),
                List.of(new RevokedEntry(serialNumber, now, CrlReason.KEY_COMPROMISE))
                        .iterator());
        assertThat(CrlLinter.lint(tbs, root.issuingCertificate(), now)).isEmpty();
        Der crl = CrlAssembly.assemble(
                tbs, root.issuingCertificate().scheme(), root.sign(tbs), root.issuingCertificate());

        Path crlFile = Files.writeString(directory.resolve("list.pem"), Pem.encodeCrl(crl));
        Path rootFile = Files.writeString(directory.resolve("root.pem"), Pem.encode(root.certificate()));
        Path revokedFile = Files.writeString(directory.resolve("revoked.pem"), Pem.encode(revoked));
        Path goodFile = Files.writeString(directory.resolve("good.pem"), Pem.encode(good));

        assertThat(OpenSsl.run("crl", "-in", crlFile, "-CAfile", rootFile, "-noout", "-text")
                        .output())
                .contains("verify OK")
                .containsIgnoringCase("Serial Number: " + serialNumber)
                .contains("Key Compromise");
        assertThat(OpenSsl.run("verify", "-crl_check", "-CAfile", rootFile, "-CRLfile", crlFile, goodFile)
                        .output())
                .isEqualTo(goodFile + ": OK\n");
        assertThat(OpenSsl.run("verify", "-crl_check", "-CAfile", rootFile, "-CRLfile", crlFile, revokedFile)
                        .output())
                .contains("certificate revoked");
    }

    @Test
    void readsWhatItWrote() throws Exception {
        PreparedCrl crl = PreparedCrl.read(Fixture.preparedCrl());

        assertThat(crl.number()).isEqualTo(7);
        assertThat(crl.thisUpdate()).isEqualTo(NOW);
        assertThat(crl.nextUpdate()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        assertThat(crl.entries())
                .containsExactly(
                        new RevokedEntry("0a", NOW.minusSeconds(60), CrlReason.KEY_COMPROMISE),
                        new RevokedEntry("0b", NOW.minusSeconds(30), CrlReason.UNSPECIFIED));
        assertThat(CrlLinter.lint(Fixture.preparedCrl(), ISSUER, NOW)).isEmpty();
        assertThat(Fixture.preparedCrl()).isEqualTo(Fixture.preparedCrl());
    }

    @Test
    void thousandsOfEntries() throws Exception {
        Der tbs = CrlPreparation.prepare(
                ISSUER,
                Fixture.complete(1, NOW, NOW.plusSeconds(60)),
                IntStream.rangeClosed(1, 5000)
                        .mapToObj(i -> new RevokedEntry("7a%04x".formatted(i), NOW, CrlReason.SUPERSEDED))
                        .iterator());

        assertThat(CrlLinter.lint(tbs, ISSUER, NOW)).isEmpty();
        assertThat(PreparedCrl.read(tbs).entries()).hasSize(5000);
    }

    /// A list that is too long for a look must be refused before it is taken apart.
    @Test
    void aListOfMoreThanAHundredThousandEntriesIsRefused() {
        Der tbs = CrlPreparation.prepare(
                ISSUER,
                Fixture.complete(1, NOW, NOW.plusSeconds(60)),
                IntStream.rangeClosed(1, 150_000)
                        .mapToObj(i -> new RevokedEntry("7a%06x".formatted(i), NOW, CrlReason.SUPERSEDED))
                        .iterator());

        assertThat(CrlLinter.lint(tbs, ISSUER, NOW))
                .containsExactly(new Failure(
                        "tbs-cert-list", "tbsCertList: has " + tbs.length() + " bytes, at most 4194304 are accepted"));
    }

    @Test
    void isNotPreparedFromNonsense() {
        var entry = new RevokedEntry("0a", NOW, CrlReason.UNSPECIFIED);

        var removed = new RevokedEntry("0a", NOW, CrlReason.REMOVE_FROM_CRL);

        assertThatThrownBy(() -> Fixture.complete(-1, NOW, NOW.plusSeconds(1)))
                .hasMessage("cRLNumber: must not be negative");
        assertThatThrownBy(() -> Fixture.complete(1, NOW, NOW)).hasMessage("nextUpdate: must lie after thisUpdate");
        assertThatThrownBy(() -> new CrlHead(1, NOW, NOW.plusSeconds(1), List.of(), new CrlKind.Delta(1)))
                .hasMessage("deltaCRLIndicator: 1 is not below the cRLNumber 1");
        assertThatThrownBy(() -> prepared(entry, entry))
                .hasMessage("revokedCertificates: 0a stands behind 0a; pass each once, in ascending order");
        assertThatThrownBy(() -> prepared(removed))
                .hasMessage("revokedCertificates: removeFromCRL belongs into delta lists only (RFC 5280 section"
                        + " 5.3.1)");
    }

    private static Der prepared(RevokedEntry... entries) {
        return CrlPreparation.prepare(
                ISSUER,
                Fixture.complete(1, NOW, NOW.plusSeconds(1)),
                List.of(entries).iterator());
    }

    @Test
    void reasons() {
        assertThat(CrlReason.ofCode(1)).contains(CrlReason.KEY_COMPROMISE);
        assertThat(CrlReason.ofCode(7)).isEmpty();
        assertThat(CrlReason.named("cessationOfOperation")).contains(CrlReason.CESSATION_OF_OPERATION);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("forgeries")
    void refuses(String rule, String message, TbsForge forged) {
        assertThat(CrlLinter.lint(forged.der(), ISSUER, NOW)).containsExactly(new Failure(rule, message));
    }

    static Stream<Arguments> forgeries() {
        String onlyReason = "revokedCertificates: 0a may carry a reason other than unspecified, and nothing else";
        return Stream.of(
                arguments("version", "version: must be 2", GOOD.with(0, new ASN1Integer(0))),
                arguments(
                        "signature-algorithm",
                        "signature: is not the algorithm of the CA key, SHA256withECDSA",
                        GOOD.with(SIGNATURE, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384))),
                arguments(
                        "issuer-name",
                        "issuer: is not the subject name of the CA, byte for byte",
                        GOOD.with(ISSUER_NAME, new X500Name("CN=Somebody"))),
                arguments(
                        "update-times",
                        "thisUpdate: 2026-11-22T10:00:01Z lies in the future",
                        GOOD.with(THIS_UPDATE, X509Time.encode(NOW.plusSeconds(1)))),
                arguments(
                        "update-times",
                        "nextUpdate: 2026-11-22T10:00:00Z does not lie after thisUpdate 2026-11-22T10:00:00Z",
                        GOOD.with(NEXT_UPDATE, X509Time.encode(NOW))),
                arguments(
                        "tbs-cert-list",
                        "tbsCertList: is DER but not the structure of RFC 5280 section 5.1",
                        GOOD.without(NEXT_UPDATE)),
                arguments(
                        "revoked-certificates",
                        "revokedCertificates: must be absent when no certificate is revoked",
                        GOOD.with(REVOKED, new DERSequence())),
                arguments(
                        "revoked-certificates",
                        "revokedCertificates: 0a stands in it twice",
                        revoked(line(10, NOW), line(10, NOW))),
                arguments(
                        "revoked-certificates",
                        "revokedCertificates: 0a is revoked in the future",
                        revoked(line(10, NOW.plusSeconds(1)))),
                arguments(
                        "revoked-certificates",
                        "revokedCertificates: serial number: must be positive (RFC 5280 section 4.1.2.2)",
                        revoked(line(-1, NOW))),
                arguments("revoked-certificates", onlyReason, revoked(line(10, NOW, reason(0)))),
                arguments(
                        "revoked-certificates",
                        "reasonCode: is none of RFC 5280 section 5.3.1",
                        revoked(line(10, NOW, reason(7)))),
                arguments(
                        "revoked-certificates",
                        "revokedCertificates: removeFromCRL belongs into delta lists only (RFC 5280 section 5.3.1)",
                        revoked(line(10, NOW, reason(8)))),
                arguments(
                        "revoked-certificates",
                        onlyReason,
                        revoked(line(10, NOW, new Extension(Extension.invalidityDate, false, new byte[] {5, 0})))),
                arguments(
                        "crl-number", "cRLNumber: must be present and not critical", GOOD.without(Extension.cRLNumber)),
                arguments(
                        "crl-number",
                        "cRLNumber: must not be negative, and have at most 20 octets",
                        GOOD.with(Extension.cRLNumber, false, new ASN1Integer(-1))),
                arguments(
                        "crl-number",
                        "crl-number: is not of the type that RFC 5280 section 5 prescribes",
                        GOOD.with(Extension.cRLNumber, false, new DEROctetString(new byte[1]))),
                arguments(
                        "authority-key-identifier",
                        "authorityKeyIdentifier: must be present and not critical",
                        GOOD.without(Extension.authorityKeyIdentifier)),
                arguments(
                        "authority-key-identifier",
                        "authorityKeyIdentifier: must be the key identifier of the CA, and nothing else",
                        GOOD.with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]))),
                arguments(
                        "tbs-cert-list",
                        "tbsCertList: is DER but not the structure of RFC 5280 section 5.1",
                        GOOD.twice(Extension.authorityKeyIdentifier)),
                arguments(
                        "extensions",
                        "crlExtensions: 2.5.29.29 does not belong into a list of this CA",
                        GOOD.with(Extension.certificateIssuer, true, new ASN1Integer(1))));
    }

    @Test
    void hostileInputGivesFailuresNeverExceptions() {
        Der good = GOOD.der();
        Mutations.of(good, 6000, 51).forEach(der -> {
            List<Failure> failures = CrlLinter.lint(der, ISSUER, NOW);
            try {
                assertThat(PreparedCrl.read(der).tbsCertList()).isEqualTo(der);
            } catch (MalformedException e) {
                assertThat(failures).isNotEmpty();
            }
        });
    }

    private static TbsForge revoked(DERSequence... lines) {
        return GOOD.with(REVOKED, new DERSequence(lines));
    }

    private static DERSequence line(long serialNumber, Instant revokedAt, Extension... extensions) {
        var number = new ASN1Integer(serialNumber);
        var time = X509Time.encode(revokedAt);
        return extensions.length == 0
                ? new DERSequence(new ASN1Encodable[] {number, time})
                : new DERSequence(new ASN1Encodable[] {number, time, new Extensions(extensions)});
    }

    private static Extension reason(int code) {
        return new Extension(Extension.reasonCode, false, StrictDer.encode(new ASN1Enumerated(code)));
    }
}
