package dev.evenroll.pki.path;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What somebody presents to be trusted wrongly, or to make the search long.
class HostilePathTest extends PathScene {

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
}
