package dev.evenroll.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.path.PathResult.Trusted;
import dev.evenroll.pki.path.PathResult.Untrusted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrustAnchorsTest {
    private static final Instant NOW = Fixture.NOW;
    private static final PublicKey KEY = Fixture.DEVICE_KEYS.getPublic();
    private static final CertificateAuthority ROOT = Fixture.ROOT;
    private static final CertificateAuthority CA = Fixture.CA;
    private static final X509Certificate LEAF = CA.issueClient("CP-0001", KEY, Duration.ofDays(10));
    private static final TrustAnchors ANCHORS = TrustAnchors.of(Map.of("root", List.of(ROOT.certificate())));

    @Test
    void followsTheChainToItsAnchor() {
        assertThat(ANCHORS.verify(List.of(LEAF, CA.certificate()), NOW))
                .isEqualTo(new Trusted("root", ROOT.certificate(), List.of(LEAF, CA.certificate())));
    }

    @Test
    void passesOverOrderAndWhatIsSuperfluous() {
        var other = CertificateAuthority.selfSigned("Other", Duration.ofDays(1), Fixture.CLOCK);

        assertThat(ANCHORS.verify(List.of(LEAF, ROOT.certificate(), other.certificate(), CA.certificate()), NOW))
                .isEqualTo(new Trusted("root", ROOT.certificate(), List.of(LEAF, CA.certificate())));
    }

    @Test
    void anAnchorMayBeAnIntermediateCa() {
        var anchors = TrustAnchors.of(Map.of("issuing", List.of(CA.certificate())));

        assertThat(anchors.verify(List.of(LEAF), NOW))
                .isEqualTo(new Trusted("issuing", CA.certificate(), List.of(LEAF)));
        assertThat(anchors.verify(List.of(LEAF, CA.certificate(), ROOT.certificate()), NOW))
                .isEqualTo(new Trusted("issuing", CA.certificate(), List.of(LEAF)));
    }

    @Test
    void oneNameMayHoldTwoKeysOfOneCa() {
        var successor = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(100), Fixture.CLOCK);
        var anchors = TrustAnchors.of(Map.of("root", List.of(ROOT.certificate(), successor.certificate())));
        X509Certificate later = successor.issueClient("CP-0002", KEY);

        assertThat(anchors.verify(List.of(LEAF, CA.certificate()), NOW)).isInstanceOf(Trusted.class);
        assertThat(anchors.verify(List.of(later), NOW))
                .isEqualTo(new Trusted("root", successor.certificate(), List.of(later)));
    }

    @Test
    void ofTwoKeysOfOneIntermediateCaTheOneThatSignedIsTaken() {
        var old = ROOT.subordinate("Factory CA", 0, Duration.ofDays(100));
        var next = ROOT.subordinate("Factory CA", 0, Duration.ofDays(200));
        X509Certificate leaf = old.issueIdevid("Maker", "SN-1", KEY);

        for (var order : List.of(List.of(next, old), List.of(old, next))) {
            var presented = List.of(
                    leaf, order.getFirst().certificate(), order.getLast().certificate());
            assertThat(ANCHORS.verify(presented, NOW))
                    .isEqualTo(new Trusted("root", ROOT.certificate(), List.of(leaf, old.certificate())));
        }
        assertUntrusted(
                List.of(leaf, next.certificate(), old.certificate()),
                NOW.plus(Duration.ofDays(101)),
                "the certificate of CN=Factory CA expired on 2027-03-02");
    }

    @Test
    void aRenewedCertificateOfAnIntermediateCaCounts() {
        var factory = ROOT.subordinate("Factory CA", 0, Duration.ofDays(10));
        X509Certificate leaf = factory.issueIdevid("Maker", "SN-1", KEY);
        X509Certificate renewed = ROOT.certifySubordinate(
                        "Factory CA", 0, factory.keys().getPublic(), Duration.ofDays(100))
                .getFirst();

        assertThat(ANCHORS.verify(List.of(leaf, factory.certificate(), renewed), NOW.plus(Duration.ofDays(11))))
                .isEqualTo(new Trusted("root", ROOT.certificate(), List.of(leaf, renewed)));
    }

    @Test
    void aRootThatCertifiedItsNextKeyLeadsToIt() {
        var next = Keys.generateP256();
        X509Certificate link = ROOT.certifySubordinate("Test Root", 1, next.getPublic(), Duration.ofDays(100))
                .getFirst();
        var successor = CertificateAuthority.of(next, List.of(link, ROOT.certificate()), Fixture.CLOCK);
        X509Certificate leaf = successor.issueIdevid("Maker", "SN-1", KEY);

        assertThat(ANCHORS.verify(List.of(leaf, link), NOW))
                .isEqualTo(new Trusted("root", ROOT.certificate(), List.of(leaf, link)));
    }

    /// All certify one another: without a limit there were 9! routes.
    @Test
    @Timeout(20)
    void aThicketOfCertificatesIsNotSearchedToItsEnd() {
        var thicket = CertificateAuthority.selfSigned("Thicket", Duration.ofDays(9), Fixture.CLOCK);
        PublicKey key = thicket.keys().getPublic();
        var presented = new ArrayList<>(List.of(thicket.issueClient("CP-0001", KEY)));
        for (int i = 1; i <= 9; i++) {
            presented.add(thicket.certifySubordinate("Thicket", 3, key, Duration.ofHours(i))
                    .getFirst());
        }

        assertUntrusted(
                presented,
                NOW,
                "the certificate of CN=Thicket was issued by CN=Thicket, which is none of the trust anchors [root]");
    }

    /// An authorityKeyIdentifier made by another method than the anchor's subjectKeyIdentifier, or
    /// that of its earlier key: a hint, which a good signature overrules.
    @Test
    void anotherAuthorityKeyIdentifierDoesNotOverruleTheSignature() throws Exception {
        X509Certificate leaf = withAuthorityKeyIdentifier(CA, new byte[20]);
        var anchors = TrustAnchors.of(Map.of("issuing", List.of(CA.certificate())));

        assertThat(anchors.verify(List.of(leaf), NOW))
                .isEqualTo(new Trusted("issuing", CA.certificate(), List.of(leaf)));
        assertThat(ANCHORS.verify(List.of(leaf, CA.certificate()), NOW))
                .isEqualTo(new Trusted("root", ROOT.certificate(), List.of(leaf, CA.certificate())));
        assertThat(anchors.verify(List.of(leaf), NOW.plus(Duration.ofDays(9999))))
                .isInstanceOf(Untrusted.class);
    }

    private static X509Certificate withAuthorityKeyIdentifier(CertificateAuthority issuer, byte[] identifier)
            throws Exception {
        var certificate = ASN1Sequence.getInstance(Certificates.der(LEAF).bytes());
        Der tbs = TbsForge.certificate(Der.of(StrictDer.encode(certificate.getObjectAt(0))))
                .with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier))
                .der();
        return Certificates.decode(Der.of(StrictDer.encode(new DERSequence(new ASN1Encodable[] {
            ASN1Sequence.getInstance(tbs.bytes()), certificate.getObjectAt(1), new DERBitString(issuer.sign(tbs))
        }))));
    }

    /// The JDK adds to the length of the salt until a number overflows.
    @Test
    void aSaltThatFitsIntoNoSignatureIsRefused() throws Exception {
        var maker = CertificateAuthority.selfSigned("Maker", Keys.generateRsa(2048), Duration.ofDays(9), Fixture.CLOCK);
        var anchors = TrustAnchors.of(Map.of("maker", List.of(maker.certificate())));
        X509Certificate idevid = maker.issueIdevid("Maker", "SN-1", KEY);

        assertThat(anchors.verify(List.of(idevid), NOW)).isInstanceOf(Trusted.class);
        for (int saltBytes : List.of(223, Integer.MAX_VALUE)) {
            assertThat(anchors.verify(List.of(withSalt(idevid, saltBytes)), NOW))
                    .isEqualTo(new Untrusted("the certificate of serialNumber=SN-1,O=Maker has a signature that was not"
                            + " made with the key of its issuer CN=Maker"));
        }
    }

    private static X509Certificate withSalt(X509Certificate certificate, int saltBytes) throws Exception {
        ASN1Sequence parts = ASN1Sequence.getInstance(certificate.getEncoded());
        var good = RSASSAPSSparams.getInstance(
                AlgorithmIdentifier.getInstance(parts.getObjectAt(1)).getParameters());
        var algorithm = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        good.getHashAlgorithm(),
                        good.getMaskGenAlgorithm(),
                        new ASN1Integer(saltBytes),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
        Der tbs = TbsForge.certificate(Der.of(certificate.getTBSCertificate()))
                .with(TbsForge.SIGNATURE, algorithm)
                .der();
        return Certificates.decode(Der.of(StrictDer.encode(new DERSequence(
                new ASN1Encodable[] {ASN1Sequence.getInstance(tbs.bytes()), algorithm, parts.getObjectAt(2)}))));
    }

    @Test
    void manufacturersCertificatesHaveNoEnd() {
        X509Certificate idevid = CA.issueIdevid("Maker", "SN-1", KEY);

        assertThat(ANCHORS.verify(List.of(idevid, CA.certificate()), NOW)).isInstanceOf(Trusted.class);
    }

    @Test
    void saysWhyNot() {
        var stranger = CertificateAuthority.selfSigned("Stranger", Duration.ofDays(10), Fixture.CLOCK);
        var impostor = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(10), Fixture.CLOCK);
        var client = CA.issueClient("CP-0003", KEY);

        assertUntrusted(List.of(), NOW, "no certificate was presented");
        assertUntrusted(Collections.nCopies(11, LEAF), NOW, "11 certificates were presented; at most 10 are looked at");
        assertUntrusted(
                List.of(LEAF),
                NOW,
                "the certificate of CN=CP-0001 was issued by CN=Test Issuing CA, which is none of the trust anchors [root]");
        assertUntrusted(
                List.of(stranger.issueClient("CP-0001", KEY), stranger.certificate()),
                NOW,
                "the certificate of CN=Stranger was issued by CN=Stranger, which is none of the trust anchors [root]");
        assertUntrusted(
                List.of(LEAF, CA.certificate()),
                NOW.plus(Duration.ofDays(11)),
                "the certificate of CN=CP-0001 expired on 2026-12-02");
        assertUntrusted(
                List.of(client, CA.certificate()),
                NOW.minus(Duration.ofDays(1)),
                "the certificate of CN=CP-0003 is not valid before 2026-11-22");
        assertUntrusted(
                List.of(impostor.issueClient("CP-0001", KEY)),
                NOW,
                "the certificate of CN=CP-0001 was not signed with the key of its trust anchor");
        assertUntrusted(
                List.of(ROOT.certificate()),
                NOW,
                "the certificate of CN=Test Root is itself a trust anchor; present a certificate that it issued");
    }

    @Test
    void namesAManufacturersCertificateReadably() {
        assertUntrusted(
                List.of(CA.issueIdevid("Maker", "SN-1", KEY)),
                NOW,
                "the certificate of serialNumber=SN-1,O=Maker was issued by CN=Test Issuing CA, "
                        + "which is none of the trust anchors [root]");
    }

    @Test
    void aDeviceCanNotIssue() {
        // CP-0001 acts as a CA with its own key.
        var pretender =
                CertificateAuthority.selfSigned("CP-0001", Fixture.DEVICE_KEYS, Duration.ofDays(10), Fixture.CLOCK);

        assertUntrusted(
                List.of(pretender.issueClient("CP-0009", KEY), LEAF, CA.certificate()),
                NOW,
                "the certificate of CN=CP-0001 may not sign certificates (keyUsage)");
    }

    @Test
    void aCaMayNotStandBelowWhereItsPathEnds() {
        var below = CertificateAuthority.selfSigned("Below", Duration.ofDays(10), Fixture.CLOCK);
        X509Certificate certified = CA.certifySubordinate(
                        "Below", 0, below.keys().getPublic(), Duration.ofDays(10))
                .getFirst();

        assertUntrusted(
                List.of(below.issueClient("CP-0009", KEY), certified, CA.certificate()),
                NOW,
                "the certificate of CN=Below can not be trusted: a CA above it allows no more CAs (pathLenConstraint)");
    }

    @Test
    void anExpiredAnchorIsNone() {
        var shortLived = CertificateAuthority.selfSigned("Short", Duration.ofDays(1), Fixture.CLOCK);
        var anchors = TrustAnchors.of(Map.of("short", List.of(shortLived.certificate())));
        X509Certificate idevid = shortLived.issueIdevid("Maker", "SN-1", KEY);

        assertThat(anchors.verify(List.of(idevid), NOW.plus(Duration.ofDays(2))))
                .isEqualTo(new Untrusted("trust anchor short: the certificate of CN=Short expired on 2026-11-23"));
    }

    @Test
    void brokenDigestsAreRefused(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("old.pem");
        OpenSsl.run(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-sha1",
                "-keyout",
                directory.resolve("key.pem"),
                "-subj",
                "/CN=Old",
                "-days",
                "7000",
                "-out",
                file);
        X509Certificate old = Pem.decodeCertificates(Files.readString(file)).getFirst();

        assertThat(ANCHORS.verify(List.of(old), old.getNotBefore().toInstant()))
                .isEqualTo(new Untrusted("the certificate of CN=Old is signed with SHA1withRSA, which is broken; "
                        + "have it issued with SHA-256 or better"));
    }

    /// A forged leaf below the right intermediate CA: nothing but the original leads to the anchor.
    @Test
    void hostileCertificatesAreUntrusted() {
        Der good = Certificates.der(LEAF);
        Mutations.of(good, 2000, 71).filter(der -> !der.equals(good)).forEach(der -> {
            try {
                assertThat(ANCHORS.verify(List.of(Certificates.decode(der), CA.certificate()), NOW))
                        .isInstanceOf(Untrusted.class);
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("certificate: ");
            }
        });
    }

    @Test
    void loadsADirectory(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("maker.pem"), Pem.encode(CA.chain()));
        Files.writeString(directory.resolve("README"), "not an anchor");

        TrustAnchors anchors = TrustAnchors.load(directory);

        assertThat(anchors.names()).containsExactly("maker");
        assertThat(anchors.certificates()).isEqualTo(CA.chain());
        assertThat(anchors.isEmpty()).isFalse();
        assertThat(anchors.verify(List.of(LEAF), NOW)).isInstanceOf(Trusted.class);
    }

    @Test
    void doesNotLoadWhatIsNoAnchor(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("maker.pem"), "nothing");
        assertThatThrownBy(() -> TrustAnchors.load(directory))
                .isInstanceOf(MalformedException.class)
                .hasMessage("trust anchor " + file + ": PEM text: holds no block \"-----BEGIN CERTIFICATE-----\"; "
                        + "check that the right file was given");

        Files.writeString(file, Pem.encode(LEAF));
        assertThatThrownBy(() -> TrustAnchors.load(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "trust anchor maker: CN=CP-0001 is not a CA certificate; put the certificate of the CA there");
    }

    @Test
    void noAnchorsTrustNobody(@TempDir Path directory) throws Exception {
        assertThat(TrustAnchors.load(directory).isEmpty()).isTrue();
        assertThat(TrustAnchors.load(directory).verify(List.of(LEAF, CA.certificate(), ROOT.certificate()), NOW))
                .isEqualTo(
                        new Untrusted(
                                "the certificate of CN=Test Root was issued by CN=Test Root, which is none of the trust anchors []"));
    }

    private static void assertUntrusted(List<X509Certificate> chain, Instant at, String reason) {
        assertThat(ANCHORS.verify(chain, at)).isEqualTo(new Untrusted(reason));
    }
}
