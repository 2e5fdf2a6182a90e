package dev.evenroll.pki.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OcspAnswerTest {
    private static final ASN1GeneralizedTime TIME = new DERGeneralizedTime("20261122100000Z");
    private static final ASN1Encodable GOOD = new DERTaggedObject(false, 0, DERNull.INSTANCE);
    private static final ASN1Encodable KEY_HASH = new DERTaggedObject(2, new DEROctetString(new byte[20]));

    @Test
    void readsWhatTheSignerWrote() throws Exception {
        OcspAnswer.Signed answer = signed(OcspScene.singles(), Optional.of(OcspScene.NONCE));

        assertThat(answer.singles()).isEqualTo(OcspScene.singles());
        assertThat(answer.nonce()).contains(OcspScene.NONCE);
        assertThat(answer.producedAt()).isEqualTo(OcspScene.NOW);
        assertThat(answer.signature().responder()).contains(OcspScene.RESPONDER);
        assertThat(answer.problems(OcspScene.ISSUER, OcspScene.NOW)).isEmpty();
    }

    @Test
    void answersARequestThatAsksForWhatItSays() throws Exception {
        OcspAnswer.Signed answer = signed(OcspScene.singles(), Optional.of(OcspScene.NONCE));
        var asked = List.of(OcspScene.SHA256, OcspScene.SHA1);
        var unanswered = OcspCertId.of(HashAlgorithm.SHA256, OcspScene.ISSUER, OcspScene.SERIAL_NUMBER);

        assertThat(answer.answers(new OcspRequest(asked, Optional.of(OcspScene.NONCE))))
                .isTrue();
        assertThat(answer.answers(new OcspRequest(asked, Optional.empty()))).isTrue();
        assertThat(answer.answers(new OcspRequest(asked, Optional.of(OcspScene.nonce(31)))))
                .isFalse();
        assertThat(answer.answers(new OcspRequest(List.of(unanswered), Optional.empty())))
                .isFalse();
        assertThat(signed(OcspScene.singles(), Optional.empty())
                        .answers(new OcspRequest(asked, Optional.of(OcspScene.NONCE))))
                .isFalse();
    }

    @Test
    void onlyAResponderOfTheCaIsBelieved() throws Exception {
        var keys = OcspScene.RESPONDER_KEYS;
        var single = List.of(OcspScene.single(OcspScene.SHA1, new OcspStatus.Good()));
        X509Certificate device = OcspScene.issue(Fixture.CA, Fixture.PROFILE, keys.getPublic(), OcspScene.NOW);
        X509Certificate rootsResponder = OcspScene.responder(Fixture.ROOT, keys.getPublic(), OcspScene.NOW);

        assertThat(rules(OcspScene.signer(device, keys), single, OcspScene.NOW))
                .containsExactly("ocsp-responder-purpose");
        assertThat(rules(OcspScene.signer(rootsResponder, keys), single, OcspScene.NOW))
                .containsExactly("ocsp-responder-issuer");
        assertThat(rules(OcspScene.SIGNER, single, OcspScene.NOW.plusSeconds(8 * 86_400)))
                .containsExactly("ocsp-responder-validity", "ocsp-outdated");
        assertThat(rules(OcspScene.SIGNER, single, OcspScene.NOW.minusSeconds(600)))
                .containsExactly("ocsp-responder-validity", "ocsp-not-yet");
        assertThat(rules(OcspScene.SIGNER, single, OcspScene.NOW.minusSeconds(300)))
                .isEmpty();
    }

    @Test
    void aResponderSpeaksForItsCaOnly() throws Exception {
        var foreign = OcspCertId.of(HashAlgorithm.SHA1, Fixture.ROOT.issuingCertificate(), BigInteger.valueOf(255));
        OcspAnswer.Signed answer = signed(List.of(OcspScene.single(foreign, new OcspStatus.Good())), Optional.empty());

        assertThat(answer.problems(OcspScene.ISSUER, OcspScene.NOW))
                .containsExactly(new Failure(
                        "ocsp-issuer",
                        "certificate ff: is not one of the CA that the responder answers for; ask another"));
    }

    @Test
    void aSignatureIsThatOfTheNamedKeyOverTheseBytes() throws Exception {
        OcspSignature good = signed(OcspScene.singles(), Optional.empty()).signature();
        OcspSignature other =
                signed(OcspScene.singles(), Optional.of(OcspScene.NONCE)).signature();
        X509Certificate stranger =
                OcspScene.responder(Fixture.CA, Keys.generateP256().getPublic(), OcspScene.NOW);

        assertThat(good.problems(OcspScene.ISSUER, OcspScene.NOW)).isEmpty();
        assertThat(rules(new OcspSignature(
                        other.responseData(),
                        good.algorithm(),
                        good.value(),
                        good.responderKeyHash(),
                        good.certificates())))
                .containsExactly("ocsp-signature");
        assertThat(rules(new OcspSignature(
                        good.responseData(),
                        Der.of(StrictDer.encode(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384))),
                        good.value(),
                        good.responderKeyHash(),
                        good.certificates())))
                .containsExactly("ocsp-signature");
        assertThat(rules(new OcspSignature(
                        good.responseData(),
                        good.algorithm(),
                        good.value(),
                        good.responderKeyHash(),
                        List.of(stranger))))
                .containsExactly("ocsp-responder");
        assertThat(rules(new OcspSignature(
                        good.responseData(),
                        good.algorithm(),
                        good.value(),
                        good.responderKeyHash(),
                        List.of(stranger, OcspScene.RESPONDER))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void everythingElseIsMalformed(byte[] der, String message) {
        assertThatThrownBy(() -> OcspAnswer.read(der))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> everythingElseIsMalformed() {
        String structure = "OCSPResponse: is DER but not the structure of RFC 6960 section 4.2.1";
        ASN1Encodable next = new DERTaggedObject(0, TIME);
        return Stream.of(
                arguments(new byte[0], "OCSPResponse: is empty"),
                arguments(new byte[65537], "OCSPResponse: has 65537 bytes, at most 65536 are accepted"),
                arguments(encode(new ASN1Enumerated(0)), structure),
                arguments(encode(new ASN1Enumerated(4)), "responseStatus: is 4, which is unknown"),
                arguments(encode(new ASN1Enumerated(300)), "responseStatus: is 300, which RFC 6960 does not know"),
                arguments(encode(new ASN1Enumerated(1), DERNull.INSTANCE), structure),
                arguments(
                        encode(new ASN1Enumerated(0), new DERTaggedObject(0, new DERSequence(new ASN1Encodable[] {
                            new ASN1ObjectIdentifier("1.2.3"), new DEROctetString(new byte[0])
                        }))),
                        "responseType: is 1.2.3, not id-pkix-ocsp-basic"),
                arguments(answer(KEY_HASH, TIME, new DERSequence()), "responses: are none"),
                arguments(
                        answer(new DERTaggedObject(0, new ASN1Integer(0)), KEY_HASH, TIME, new DERSequence()),
                        "tbsResponseData: names its version; there is only 1, which DER leaves out"),
                arguments(
                        answer(new DERTaggedObject(1, new X500Name("CN=me")), TIME, new DERSequence()),
                        "responderID: is a name; only responders that name their key are understood"),
                arguments(
                        answer(KEY_HASH, new DERUTCTime("261122100000Z"), new DERSequence()),
                        "producedAt: is not a GeneralizedTime"),
                arguments(
                        answer(KEY_HASH, new DERGeneralizedTime("20261122100000.5Z"), new DERSequence()),
                        "producedAt: must be written YYYYMMDDHHMMSSZ (RFC 5280 section 4.1.2.5.2)"),
                arguments(
                        answer(KEY_HASH, new DERGeneralizedTime("20260230100000Z"), new DERSequence()),
                        "producedAt: is not a date of the calendar, written YYYYMMDDHHMMSSZ"),
                arguments(single(GOOD, TIME), "nextUpdate: is missing (RFC 5019 section 2.2.4)"),
                arguments(
                        single(GOOD, TIME, new DERTaggedObject(0, new DERGeneralizedTime("20261122095959Z"))),
                        "nextUpdate: lies before thisUpdate"),
                arguments(
                        single(GOOD, TIME, next, new DERTaggedObject(1, new DERSequence())),
                        "singleExtensions: is empty; leave it out (RFC 5280 section 4.1)"),
                arguments(
                        single(new DERTaggedObject(3, DERNull.INSTANCE), TIME, next),
                        "certStatus: is neither good nor revoked nor unknown"),
                arguments(
                        single(new DERTaggedObject(0, DERNull.INSTANCE), TIME, next),
                        "certStatus: is neither good nor revoked nor unknown"),
                arguments(single(revoked(8), TIME, next), "revocationReason: is 8, which is no reason"),
                arguments(single(revoked(7), TIME, next), "revocationReason: is 7, which is no reason"),
                arguments(single(revoked(300), TIME, next), "revocationReason: is 300, which RFC 6960 does not know"));
    }

    private static ASN1Encodable revoked(int reason) {
        return new DERTaggedObject(false, 1, new DERSequence(new ASN1Encodable[] {
            TIME, new DERTaggedObject(0, new ASN1Enumerated(reason))
        }));
    }

    private static byte[] single(ASN1Encodable... statusAndTimes) {
        var parts = new ArrayList<ASN1Encodable>(List.of(statusAndTimes));
        parts.addFirst(ASN1Sequence.getInstance(OcspScene.SHA1.encode()));
        return answer(KEY_HASH, TIME, new DERSequence(new DERSequence(parts.toArray(new ASN1Encodable[0]))));
    }

    private static byte[] answer(ASN1Encodable... data) {
        byte[] basic = encode(
                new DERSequence(data),
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                new DERBitString(new byte[8]));
        return encode(new ASN1Enumerated(0), new DERTaggedObject(0, new DERSequence(new ASN1Encodable[] {
            OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic)
        })));
    }

    private static byte[] encode(ASN1Encodable... parts) {
        return StrictDer.encode(new DERSequence(parts));
    }

    private static List<String> rules(OcspSignature signature) {
        return signature.problems(OcspScene.ISSUER, OcspScene.NOW).stream()
                .map(Failure::rule)
                .toList();
    }

    private static List<String> rules(OcspSigner signer, List<OcspSingle> singles, Instant at) throws Exception {
        var answer = (OcspAnswer.Signed) OcspAnswer.read(signer.sign(singles, Optional.empty(), OcspScene.NOW));
        return answer.problems(OcspScene.ISSUER, at).stream().map(Failure::rule).toList();
    }

    private static OcspAnswer.Signed signed(List<OcspSingle> singles, Optional<OcspNonce> nonce) throws Exception {
        return (OcspAnswer.Signed) OcspAnswer.read(OcspScene.SIGNER.sign(singles, nonce, OcspScene.NOW));
    }
}
