package dev.evenroll.pki.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.fixture.Fixture;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is refused, and how that is said.
class KeyAttestationRefusalTest {
    private static final Forgery GENUINE = Forgery.genuine();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatIsWrongIsSaid(String name, Der request, List<String> messages) {
        assertThat(Forgery.problems(request)).containsExactlyElementsOf(messages);
    }

    static Stream<Arguments> whatIsWrongIsSaid() {
        return Stream.of(bundles(), structures(), claims(), attestationKeys()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> bundles() {
        return Stream.of(
                Arguments.of(
                        "no evidence",
                        GENUINE.request(new ASN1Encodable[0]),
                        List.of("evidence: is missing; send it in the attribute id-aa-attestation"
                                + " (1.2.840.113549.1.9.16.2.59) of the request")),
                Arguments.of(
                        "two bundles",
                        GENUINE.request(GENUINE.bundle(GENUINE.statement()), DERNull.INSTANCE),
                        List.of("evidence: comes in 2 bundles instead of one; make the evidence again")),
                Arguments.of(
                        "no SEQUENCE",
                        GENUINE.request(DERNull.INSTANCE),
                        List.of("evidence: is not an ASN.1 SEQUENCE; make the evidence again")),
                Arguments.of(
                        "an empty bundle",
                        GENUINE.request(Forgery.sequence()),
                        List.of("evidence: has 0 parts instead of attestations and certs; make the evidence again")),
                Arguments.of(
                        "no statement",
                        GENUINE.request(GENUINE.bundle()),
                        List.of("evidence: has 0 elements in attestations; 1 to 8 are read; make the evidence again")),
                Arguments.of(
                        "a statement without content",
                        GENUINE.request(GENUINE.bundle(Forgery.sequence(new ASN1ObjectIdentifier("2.23.133.20.1")))),
                        List.of("evidence: has a statement that is not type and stmt; make the evidence again")),
                Arguments.of(
                        "another format",
                        GENUINE.request(GENUINE.bundle(
                                Forgery.sequence(new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE))),
                        List.of("evidence: has statements of the types 1.2.3.4; send one of tcg-attest-tpm-certify"
                                + " (2.23.133.20.1)")),
                Arguments.of(
                        "two statements",
                        GENUINE.request(GENUINE.bundle(GENUINE.statement(), GENUINE.statement())),
                        List.of("evidence: has statements of the types 2.23.133.20.1, 2.23.133.20.1; send one of"
                                + " tcg-attest-tpm-certify (2.23.133.20.1)")),
                Arguments.of(
                        "a certificate that is none",
                        GENUINE.certified(DERNull.INSTANCE).request(),
                        List.of("evidence: holds something else than certificates in certs; make the evidence again")),
                Arguments.of(
                        "an attribute certificate",
                        GENUINE.certified(new DERTaggedObject(false, 2, Forgery.sequence()))
                                .request(),
                        List.of("evidence: holds something else than certificates in certs; make the evidence again")),
                Arguments.of(
                        "a statement without public area",
                        GENUINE.request(GENUINE.bundle(Forgery.sequence(
                                new ASN1ObjectIdentifier("2.23.133.20.1"),
                                Forgery.sequence(DERNull.INSTANCE, DERNull.INSTANCE)))),
                        List.of("evidence: tcg-attest-tpm-certify: has 2 parts instead of tpmSAttest, signature and"
                                + " tpmTPublic; make the evidence again")),
                Arguments.of(
                        "a statement of something else",
                        GENUINE.request(GENUINE.bundle(Forgery.sequence(
                                new ASN1ObjectIdentifier("2.23.133.20.1"),
                                Forgery.sequence(DERNull.INSTANCE, DERNull.INSTANCE, DERNull.INSTANCE)))),
                        List.of("evidence: tcg-attest-tpm-certify: has a part that is not an OCTET STRING; make the"
                                + " evidence again")));
    }

    private static Stream<Arguments> structures() {
        var publicArea = GENUINE.publicArea();
        var attest = GENUINE.attest();
        return Stream.of(
                Arguments.of(
                        "bytes after TPMS_ATTEST",
                        GENUINE.withAttest(Forgery.resized(attest, 3)).request(),
                        List.of("TPMS_ATTEST: 3 bytes follow its end; make the evidence again")),
                Arguments.of(
                        "half a TPMS_ATTEST",
                        GENUINE.withAttest(Forgery.resized(attest, -1)).request(),
                        List.of("TPMS_ATTEST: ends in the midst of qualifiedName; make the evidence again")),
                Arguments.of(
                        "a size without end",
                        GENUINE.withAttest(6, 0xff, 0xff).request(),
                        List.of("TPMS_ATTEST: qualifiedSigner has 65535 bytes, at most 66 are possible; make the"
                                + " evidence again")),
                Arguments.of(
                        "neither yes nor no",
                        GENUINE.withAttest(Forgery.SAFE, 2).request(),
                        List.of("TPMS_ATTEST: safe is neither 0 nor 1; make the evidence again")),
                Arguments.of(
                        "bytes after TPMT_PUBLIC",
                        GENUINE.withPublicArea(Forgery.resized(publicArea, 1)).request(),
                        List.of("TPMT_PUBLIC: 1 bytes follow its end; make the evidence again")),
                Arguments.of(
                        "a keyed hash",
                        GENUINE.withPublicArea(0, 0x00, 0x08).request(),
                        List.of("TPMT_PUBLIC: is of the type 0x0008; RSA and ECC keys are read; make the evidence"
                                + " again")),
                Arguments.of(
                        "another curve",
                        GENUINE.withPublicArea(14, 0x00, 0x10).request(),
                        List.of("TPMT_PUBLIC: is a key on the curve 0x0010; P-256 and P-384 are read; make the evidence"
                                + " again")),
                Arguments.of(
                        "half a TPMT_SIGNATURE",
                        GENUINE.withSignature(Forgery.resized(GENUINE.signature(), -1))
                                .request(),
                        List.of("TPMT_SIGNATURE: ends in the midst of signatureS; make the evidence again")),
                Arguments.of(
                        "bytes after TPMT_SIGNATURE",
                        GENUINE.withSignature(Forgery.resized(GENUINE.signature(), 1))
                                .request(),
                        List.of("TPMT_SIGNATURE: 1 bytes follow its end; make the evidence again")));
    }

    private static Stream<Arguments> claims() {
        var other = Keys.generateP256();
        return Stream.of(
                Arguments.of(
                        "made by no TPM",
                        GENUINE.withAttest(Forgery.MAGIC, 0, 0, 0, 1).request(),
                        List.of(
                                "TPMS_ATTEST: its magic is 0x00000001 instead of TPM_GENERATED_VALUE, so no TPM has made"
                                        + " it; certify the key with TPM2_Certify")),
                Arguments.of(
                        "a quote",
                        GENUINE.withAttest(Forgery.TYPE, 0x80, 0x18).request(),
                        List.of(
                                "TPMS_ATTEST: its type is 0x8018 instead of TPM_ST_ATTEST_CERTIFY, so it says nothing of"
                                        + " a key; certify the key with TPM2_Certify")),
                Arguments.of(
                        "another object",
                        GENUINE.withAttest(Forgery.NAME + 5, 0, 0, 0, 0).request(),
                        List.of("TPMS_ATTEST: certifies another object than TPMT_PUBLIC; send the public area of the"
                                + " certified key")),
                Arguments.of(
                        "a name of SHA-1",
                        GENUINE.withPublicArea(Forgery.NAME_ALGORITHM, 0x00, 0x04)
                                .request(),
                        List.of(
                                "TPMT_PUBLIC: its nameAlg 0x0004 is not accepted; make the key with the nameAlg SHA-256,"
                                        + " SHA-384 or SHA-512")),
                Arguments.of(
                        "the evidence of another key",
                        GENUINE.stolenFor(other).request(),
                        List.of(
                                "TPMT_PUBLIC: is another key than that of the request; send the evidence of the key that"
                                        + " the request is for")),
                Arguments.of(
                        "a key that may leave",
                        GENUINE.withPublicArea(Forgery.ATTRIBUTES, 0x00, 0x04, 0x00, 0x40)
                                .request(),
                        List.of("TPMT_PUBLIC: lacks fixedTPM, fixedParent, sensitiveDataOrigin; make the key in the TPM"
                                + " with fixedTPM, fixedParent, sensitiveDataOrigin and sign")),
                Arguments.of(
                        "a key that was brought in",
                        GENUINE.withPublicArea(Forgery.ATTRIBUTES, 0x00, 0x04, 0x00, 0x52)
                                .request(),
                        List.of("TPMT_PUBLIC: lacks sensitiveDataOrigin; make the key in the TPM with fixedTPM,"
                                + " fixedParent, sensitiveDataOrigin and sign")),
                Arguments.of(
                        "a key that may not sign, and is restricted",
                        GENUINE.withPublicArea(Forgery.ATTRIBUTES, 0x00, 0x01, 0x00, 0x72)
                                .request(),
                        List.of(
                                "TPMT_PUBLIC: lacks sign; make the key in the TPM with fixedTPM, fixedParent,"
                                        + " sensitiveDataOrigin and sign",
                                "TPMT_PUBLIC: is restricted, as keys for attestation are; make an unrestricted key for"
                                        + " the request")),
                Arguments.of(
                        "everything at once",
                        GENUINE.withPublicArea(Forgery.ATTRIBUTES, 0x00, 0x04, 0x00, 0x52)
                                .withAttest(Forgery.MAGIC, 0, 0, 0, 1)
                                .stolenFor(other)
                                .certified(Fixture.ROOT.certificate())
                                .request(),
                        List.of(
                                "TPMS_ATTEST: its magic is 0x00000001 instead of TPM_GENERATED_VALUE, so no TPM has made"
                                        + " it; certify the key with TPM2_Certify",
                                "TPMT_PUBLIC: is another key than that of the request; send the evidence of the key that"
                                        + " the request is for",
                                "TPMT_PUBLIC: lacks sensitiveDataOrigin; make the key in the TPM with fixedTPM,"
                                        + " fixedParent, sensitiveDataOrigin and sign",
                                signature(0))));
    }

    private static Stream<Arguments> attestationKeys() {
        var key = Forgery.ATTESTATION_KEY.getPublic();
        var weak = Keys.generateRsa(1024);
        return Stream.of(
                Arguments.of(
                        "signed with SHA-1",
                        GENUINE.withSignature(2, 0x00, 0x04).request(),
                        List.of(
                                "TPMT_SIGNATURE: the scheme 0x0018 with the hash 0x0004 is not accepted; let the"
                                        + " attestation key sign with ECDSA, RSASSA or RSAPSS and SHA-256, SHA-384 or SHA-512")),
                Arguments.of(
                        "signed with ECDAA",
                        GENUINE.withSignature(0, 0x00, 0x1a).request(),
                        List.of(
                                "TPMT_SIGNATURE: the scheme 0x001a with the hash 0x000b is not accepted; let the"
                                        + " attestation key sign with ECDSA, RSASSA or RSAPSS and SHA-256, SHA-384 or SHA-512")),
                Arguments.of(
                        "signed over something else",
                        GENUINE.withSignature(SimulatedTpm.sign(Forgery.ATTESTATION_KEY, Fixture.spki(key)))
                                .request(),
                        List.of(signature(1))),
                Arguments.of(
                        "the certificate of a CA alone",
                        GENUINE.certified(Forgery.ACME.certificate()).request(),
                        List.of(signature(0))),
                Arguments.of(
                        "a weak attestation key",
                        Forgery.of(
                                        Fixture.DEVICE_KEYS,
                                        weak,
                                        Forgery.ACME.issueAttestationKey("Acme", null, weak.getPublic()))
                                .request(),
                        List.of(
                                "attestation key: can not be used: subjectPublicKeyInfo: RSA of 1024 bits is not accepted;"
                                        + " make a key of 2048 to 4096 bits, or one on P-256")),
                Arguments.of(
                        "an identity that signs whatever it is given",
                        GENUINE.certified(Forgery.ACME.issueIdevid("Acme", "CP-0001", key))
                                .request(),
                        List.of("attestation key: its certificate lacks tcg-kp-AIKCertificate (2.23.133.8.3) in"
                                + " extendedKeyUsage, so it is not known to sign only what its TPM has made; certify the"
                                + " key with an attestation key")),
                Arguments.of(
                        "the attestation key of another manufacturer, whose anchor is there",
                        GENUINE.certified(Fixture.ROOT.issueAttestationKey("Globex", null, key))
                                .request(),
                        List.of("attestation key: is not one of acme (model X1): the certificate of CN=Attestation"
                                + " Key,O=Globex was issued by CN=Test Root, which is none of the trust anchors [acme];"
                                + " certify the key with the attestation key of the device's own TPM")),
                Arguments.of(
                        "the attestation key of another device",
                        GENUINE.certified(Forgery.ACME.issueAttestationKey("Acme", "CP-0002", key))
                                .request(),
                        List.of(
                                "attestation key: is that of the device CP-0002, the request is for CP-0001; certify the"
                                        + " key with the attestation key of the device's own TPM")),
                Arguments.of(
                        "another purpose, manufacturer and device",
                        GENUINE.certified(Fixture.ROOT.issueIdevid("Globex", "CP-0002", key))
                                .request(),
                        List.of(
                                "attestation key: its certificate lacks tcg-kp-AIKCertificate (2.23.133.8.3) in"
                                        + " extendedKeyUsage, so it is not known to sign only what its TPM has made;"
                                        + " certify the key with an attestation key",
                                "attestation key: is not one of acme (model X1): the certificate of"
                                        + " serialNumber=CP-0002,O=Globex was issued by CN=Test Root, which is none of the"
                                        + " trust anchors [acme]; certify the key with the attestation key of the device's"
                                        + " own TPM",
                                "attestation key: is that of the device CP-0002, the request is for CP-0001; certify the"
                                        + " key with the attestation key of the device's own TPM")));
    }

    private static String signature(int endEntities) {
        return "TPMT_SIGNATURE: was not made over TPMS_ATTEST with the key of one of the certificates of end entities in"
                + " the evidence (" + endEntities + "); send the certificate of the attestation key along";
    }
}
