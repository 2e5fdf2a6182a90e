package dev.evenroll.pki.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.SignedStructure;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// ML-DSA keys and requests (FIPS 204, RFC 9881).
class MlDsaTest {
    private static final AcceptedKeys ALLOWED = new AcceptedKeys(true, Set.of());
    private static final String CRL_URL = "http://crl.example/test.crl";

    @ParameterizedTest
    @EnumSource
    void isAcceptedWhereTheProfileAllowsIt(MlDsaParameterSet set) {
        Der key = Fixture.spki(Keys.generateMlDsa(set).getPublic());

        assertThat(KeyRules.judge(key, ALLOWED)).isEmpty();
        assertThat(KeyRules.judge(key, AcceptedKeys.STANDARD))
                .containsExactly(new Failure(
                        "key-algorithm",
                        "subjectPublicKeyInfo: " + set + " is not allowed by the profile; "
                                + "make a key on P-256, P-384 or P-521, an Ed25519 or Ed448 key, "
                                + "or RSA of 2048 to 4096 bits"));
    }

    /// Object identifiers and lengths as the standards print them, not as this code does.
    @ParameterizedTest
    @CsvSource({
        "ML-DSA-44,2.16.840.1.101.3.4.3.17,1312",
        "ML-DSA-65,2.16.840.1.101.3.4.3.18,1952",
        "ML-DSA-87,2.16.840.1.101.3.4.3.19,2592"
    })
    void takesTheRequestsOfAnotherImplementation(String name, String oid, int length) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(name, "SUN").generateKeyPair();
        var info = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        assertThat(info.getAlgorithm().getAlgorithm().getId()).isEqualTo(oid);
        assertThat(info.getPublicKeyData().getOctets()).hasSize(length);

        ASN1Encodable unsigned = unsigned(keys);
        Signature signature = Signature.getInstance(name, "SUN");
        signature.initSign(keys.getPrivate());
        signature.update(StrictDer.encode(unsigned));
        var request = request(unsigned, new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid)), signature.sign());

        assertThat(request.possessionProblem()).isEmpty();
        assertThat(request.signatureAlgorithm()).isEqualTo(name);
        assertThat(KeyRules.judge(request.subjectPublicKeyInfo(), ALLOWED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void provesPossession(MlDsaParameterSet set) throws Exception {
        KeyPair keys = Keys.generateMlDsa(set);
        Der der = CertificationRequests.create(keys, "CP-0001", "Example Charging");

        assertThat(CertificationRequest.decode(der).possessionProblem()).isEmpty();

        Der other = CertificationRequests.create(Keys.generateMlDsa(set), "CP-0001", "Example Charging");
        var stolen = request(part(der, 0), part(der, 1), part(other, 2));
        assertThat(stolen.possessionProblem())
                .contains(new Failure(
                        "proof-of-possession",
                        "signature: does not verify with the key of the request; "
                                + "sign the request with the private key that belongs to it"));
        var confused = request(part(der, 0), new AlgorithmIdentifier(other(set)), part(der, 2));
        assertThat(confused.provesPossession()).isFalse();
        var withNull = request(
                part(der, 0),
                new AlgorithmIdentifier(new ASN1ObjectIdentifier(set.oid()), DERNull.INSTANCE),
                part(der, 2));
        assertThat(withNull.possessionProblem())
                .contains(new Failure(
                        "proof-of-possession",
                        "signatureAlgorithm: " + set + " has no parameters (RFC 9881 section 2); "
                                + "sign the request with pure ML-DSA"));
    }

    private static ASN1ObjectIdentifier other(MlDsaParameterSet set) {
        return new ASN1ObjectIdentifier(
                set == MlDsaParameterSet.ML_DSA_44
                        ? MlDsaParameterSet.ML_DSA_65.oid()
                        : MlDsaParameterSet.ML_DSA_44.oid());
    }

    @ParameterizedTest
    @EnumSource
    void hasNoParameters(MlDsaParameterSet set) {
        assertThat(judge(new AlgorithmIdentifier(new ASN1ObjectIdentifier(set.oid()), DERNull.INSTANCE), 1))
                .containsExactly(new Failure(
                        "key-encoding", "subjectPublicKeyInfo: ML-DSA has no parameters (RFC 9881 section 2)"));
    }

    @Test
    void hasTheLengthOfItsParameterSet() {
        var algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.3.17"));

        for (int length : new int[] {0, 1311, 1313, 1952}) {
            assertThat(judge(algorithm, length))
                    .containsExactly(new Failure(
                            "key-encoding",
                            "subjectPublicKey: has " + length + " bytes where ML-DSA-44 has 1312 (FIPS 204 table 2); "
                                    + "make a new key"));
        }
        assertThat(judge(algorithm, 1312)).isEmpty();
    }

    /// HashML-DSA is not for certificates (RFC 9881 section 8.3).
    @Test
    void isNotPrehashed() {
        assertThat(judge(new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.3.32")), 1312))
                .extracting(Failure::message)
                .containsExactly("subjectPublicKeyInfo: algorithm 2.16.840.1.101.3.4.3.32 is not accepted; "
                        + "make a key on P-256, P-384 or P-521, an Ed25519 or Ed448 key, or RSA of 2048 to 4096 bits");
    }

    @ParameterizedTest
    @EnumSource
    void isCertifiedUnderAProfileThatAllowsIt(MlDsaParameterSet set) throws Exception {
        Profile profile = Profile.chargingStation(URI.create(CRL_URL), true);
        Der key = Fixture.spki(Keys.generateMlDsa(set).getPublic());
        var ca = Fixture.CA.issuingCertificate();
        Der tbs = CertificatePreparation.prepare(
                        ca, profile, Subject.of("CP-0001", "Example Charging"), key, Fixture.SERIAL_NUMBER, Fixture.NOW)
                .tbsCertificate();

        assertThat(TbsLinter.lint(tbs, ca, profile, Fixture.NOW)).isEmpty();
        assertThat(TbsLinter.lint(tbs, ca, Profile.chargingStation(URI.create(CRL_URL)), Fixture.NOW))
                .extracting(Failure::rule)
                .containsExactly("public-key");
        var certificate = Certificates.decode(
                SignedStructure.assemble("TBSCertificate", tbs, ca.scheme(), Fixture.CA.sign(tbs), ca));
        assertThat(certificate.getPublicKey().getEncoded()).isEqualTo(key.bytes());
        assertThat(TrustAnchors.of(Map.of("ca", List.of(Fixture.CA.certificate())))
                        .verify(List.of(certificate), Fixture.NOW))
                .as("what it renews itself with")
                .isInstanceOf(PathResult.Trusted.class);
    }

    @ParameterizedTest
    @EnumSource
    void hostileInputIsMalformedOrJudged(MlDsaParameterSet set) {
        Der good = CertificationRequests.create(Keys.generateMlDsa(set), "CP-0001", "Example Charging");
        Mutations.of(good, 500, 51).filter(der -> !der.equals(good)).forEach(der -> {
            try {
                var request = CertificationRequest.decode(der);
                if (request.provesPossession()) {
                    assertThat(part(der, 0)).isEqualTo(part(good, 0));
                }
                request.possessionProblem()
                        .ifPresent(failure -> RuleTexts.assertWritten(failure, CertificationRequest.possessionTexts()));
                RuleTexts.assertJudged(request.subjectPublicKeyInfo());
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("certification request: ");
            }
        });
    }

    private static List<Failure> judge(AlgorithmIdentifier algorithm, int length) {
        return KeyRules.judge(Der.of(StrictDer.encode(new SubjectPublicKeyInfo(algorithm, new byte[length]))), ALLOWED);
    }

    private static ASN1Encodable unsigned(KeyPair keys) {
        var template = ASN1Sequence.getInstance(part(CertificationRequests.create(Keys.generateP256(), "CP-1"), 0));
        return new DERSequence(new ASN1Encodable[] {
            template.getObjectAt(0),
            template.getObjectAt(1),
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()),
            template.getObjectAt(3)
        });
    }

    private static ASN1Encodable part(Der request, int index) {
        return ASN1Sequence.getInstance(request.bytes()).getObjectAt(index);
    }

    private static CertificationRequest request(ASN1Encodable unsigned, ASN1Encodable algorithm, byte[] signature)
            throws MalformedException {
        return request(unsigned, algorithm, new DERBitString(signature));
    }

    private static CertificationRequest request(ASN1Encodable... parts) throws MalformedException {
        return CertificationRequest.decode(Der.of(StrictDer.encode(new DERSequence(parts))));
    }
}
