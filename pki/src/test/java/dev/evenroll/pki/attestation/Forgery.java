package dev.evenroll.pki.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Evidence of a device's key, genuine until something is put in its place.
///
/// What was changed before the attestation is attested, and what was changed before the signature is signed: only what
/// a test is about is wrong.
record Forgery(
        KeyPair keys, KeyPair attestationKey, Der publicArea, Der attest, Der signature, List<ASN1Encodable> certs) {

    /// Offsets in TPMT_PUBLIC.
    static final int NAME_ALGORITHM = 2;

    static final int ATTRIBUTES = 4;

    /// Offsets in TPMS_ATTEST.
    static final int MAGIC = 0;

    static final int TYPE = 4;
    static final int SAFE = 60;
    static final int NAME = 71;

    static final CertificateAuthority ACME =
            CertificateAuthority.selfSigned("Acme Attestation CA", Duration.ofDays(3650), Fixture.CLOCK);
    static final KeyPair ATTESTATION_KEY = Keys.generateP256();
    static final X509Certificate CERTIFICATE = ACME.issueAttestationKey("Acme", null, ATTESTATION_KEY.getPublic());

    static final AttestedDevice DEVICE = new AttestedDevice("CP-0001", "acme", "X1");
    static final TrustAnchors ANCHORS =
            TrustAnchors.of(Map.of("acme", List.of(ACME.certificate()), "globex", List.of(Fixture.ROOT.certificate())));

    static Forgery genuine() {
        return of(Fixture.DEVICE_KEYS, ATTESTATION_KEY, CERTIFICATE);
    }

    static Forgery of(KeyPair keys, KeyPair attestationKey, X509Certificate... certificates) {
        var publicArea = SimulatedTpm.publicArea(keys.getPublic());
        var attest = SimulatedTpm.attest(publicArea);
        return new Forgery(
                keys,
                attestationKey,
                publicArea,
                attest,
                SimulatedTpm.sign(attestationKey, attest),
                Arrays.stream(certificates).map(Forgery::asn1).toList());
    }

    static ASN1Encodable asn1(X509Certificate certificate) {
        return ASN1Sequence.getInstance(Certificates.der(certificate).bytes());
    }

    /// Another public area, attested.
    Forgery withPublicArea(Der other) {
        return new Forgery(keys, attestationKey, other, attest, signature, certs)
                .withAttest(SimulatedTpm.attest(other));
    }

    Forgery withPublicArea(int offset, int... octets) {
        return withPublicArea(patched(publicArea, offset, octets));
    }

    /// Another attestation, signed.
    Forgery withAttest(Der other) {
        return new Forgery(keys, attestationKey, publicArea, other, SimulatedTpm.sign(attestationKey, other), certs);
    }

    Forgery withAttest(int offset, int... octets) {
        return withAttest(patched(attest, offset, octets));
    }

    Forgery withSignature(Der other) {
        return new Forgery(keys, attestationKey, publicArea, attest, other, certs);
    }

    Forgery withSignature(int offset, int... octets) {
        return withSignature(patched(signature, offset, octets));
    }

    Forgery certified(ASN1Encodable... others) {
        return new Forgery(keys, attestationKey, publicArea, attest, signature, List.of(others));
    }

    Forgery certified(X509Certificate... others) {
        return certified(Arrays.stream(others).map(Forgery::asn1).toArray(ASN1Encodable[]::new));
    }

    /// The evidence goes with a request for another key.
    Forgery stolenFor(KeyPair others) {
        return new Forgery(others, attestationKey, publicArea, attest, signature, certs);
    }

    ASN1Encodable statement() {
        return sequence(
                new ASN1ObjectIdentifier("2.23.133.20.1"),
                sequence(
                        new DEROctetString(attest.bytes()),
                        new DEROctetString(signature.bytes()),
                        new DEROctetString(publicArea.bytes())));
    }

    ASN1Encodable bundle(ASN1Encodable... statements) {
        return sequence(sequence(statements), sequence(certs.toArray(ASN1Encodable[]::new)));
    }

    Der request() {
        return request(bundle(statement()));
    }

    /// A request with these values of the attribute. Its own signature is nothing that the evidence is judged by.
    Der request(ASN1Encodable... values) {
        return request(
                values.length == 0
                        ? List.of()
                        : List.of(new Attribute(
                                new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.59"), new DERSet(values))));
    }

    private Der request(List<Attribute> attributes) {
        var info = new CertificationRequestInfo(
                new X500Name("CN=CP-0001"),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()),
                new DERSet(attributes.toArray(ASN1Encodable[]::new)));
        return Der.of(StrictDer.encode(new CertificationRequest(
                info, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256), new DERBitString(new byte[8]))));
    }

    static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }

    static Der patched(Der good, int offset, int... octets) {
        byte[] bytes = good.bytes();
        for (int i = 0; i < octets.length; i++) {
            bytes[offset + i] = (byte) octets[i];
        }
        return Der.of(bytes);
    }

    /// So many more bytes, or, with a negative number, so many fewer.
    static Der resized(Der good, int bytes) {
        return Der.of(Arrays.copyOf(good.bytes(), good.length() + bytes));
    }

    /// Why the key does not count as attested for the device CP-0001 of acme, with anchors of acme and globex.
    static List<String> problems(Der request) {
        return problems(request, DEVICE, ANCHORS);
    }

    /// The same, where some keys are blocked.
    static List<String> problems(Der request, Predicate<String> blockedKeys) {
        return problems(request, DEVICE, ANCHORS, blockedKeys);
    }

    static List<String> problems(Der request, AttestedDevice device, TrustAnchors anchors) {
        return problems(request, device, anchors, _ -> false);
    }

    private static List<String> problems(
            Der request, AttestedDevice device, TrustAnchors anchors, Predicate<String> blockedKeys) {
        try {
            List<Failure> failures = KeyAttestation.problems(
                    dev.evenroll.pki.request.CertificationRequest.decode(request),
                    device,
                    anchors,
                    blockedKeys,
                    Fixture.NOW);
            assertThat(failures).allMatch(Forgery::isOfItsTemplate);
            return failures.stream().map(Failure::message).toList();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /// What is said is what the table of rules says.
    private static boolean isOfItsTemplate(Failure failure) {
        return KeyAttestation.texts().stream()
                .filter(text -> text.rule().equals(failure.rule()))
                .anyMatch(text -> Pattern.compile("\\Q" + text.message().replaceAll("<[a-z ]+>", "\\\\E.+\\\\Q"))
                        .matcher(failure.message())
                        .matches());
    }
}
