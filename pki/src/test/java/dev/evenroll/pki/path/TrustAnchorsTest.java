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
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.path.PathResult.Trusted;
import dev.evenroll.pki.path.PathResult.Untrusted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which paths lead to an anchor, and what a directory of anchors holds.
class TrustAnchorsTest extends PathScene {

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

    @Test
    void manufacturersCertificatesHaveNoEnd() {
        X509Certificate idevid = CA.issueIdevid("Maker", "SN-1", KEY);

        assertThat(ANCHORS.verify(List.of(idevid, CA.certificate()), NOW)).isInstanceOf(Trusted.class);
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
}
