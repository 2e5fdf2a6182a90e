package dev.evenroll.pki.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.profile.KeyKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OcspSignerTest {
    /// All but the signature, which is another each time: what is signed, who signed it, what goes along.
    @Test
    void writesWhatBouncyCastleWrites() throws Exception {
        byte[] ours =
                OcspScene.SIGNER.sign(OcspScene.singles(), Optional.of(OcspScene.NONCE), OcspScene.NOW.plusMillis(7));
        BasicOCSPResp expected = theirs();
        var whole = new OCSPResp(ours);
        var basic = (BasicOCSPResp) whole.getResponseObject();

        assertThat(basic.getTBSResponseData()).isEqualTo(expected.getTBSResponseData());
        assertThat(basic.getSignatureAlgorithmID()).isEqualTo(expected.getSignatureAlgorithmID());
        assertThat(basic.getCerts()).isEqualTo(expected.getCerts());
        assertThat(basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(OcspScene.RESPONDER)))
                .isTrue();
        assertThat(new OCSPRespBuilder()
                        .build(OCSPRespBuilder.SUCCESSFUL, basic)
                        .getEncoded())
                .isEqualTo(ours);
    }

    private static BasicOCSPResp theirs() throws Exception {
        var key = SubjectPublicKeyInfo.getInstance(
                OcspScene.RESPONDER_KEYS.getPublic().getEncoded());
        var sha1 = new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1);
        var builder = new BasicOCSPRespBuilder(key, sha1);
        for (OcspSingle single : OcspScene.singles()) {
            builder.addResponse(
                    new CertificateID(CertID.getInstance(single.certificate().encode())),
                    theirs(single.status()),
                    Date.from(single.thisUpdate()),
                    Date.from(single.nextUpdate()));
        }
        byte[] nonce = new DEROctetString(OcspScene.NONCE.octets()).getEncoded();
        builder.setResponseExtensions(
                new Extensions(new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, nonce)));
        return builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(OcspScene.RESPONDER_KEYS.getPrivate()),
                new X509CertificateHolder[] {new JcaX509CertificateHolder(OcspScene.RESPONDER)},
                Date.from(OcspScene.NOW));
    }

    private static CertificateStatus theirs(OcspStatus status) {
        return switch (status) {
            case OcspStatus.Good _ -> CertificateStatus.GOOD;
            case OcspStatus.Unknown _ -> new UnknownStatus();
            case OcspStatus.Revoked(Instant at, CrlReason reason) ->
                reason == CrlReason.UNSPECIFIED
                        ? new RevokedStatus(Date.from(at))
                        : new RevokedStatus(Date.from(at), reason.code());
        };
    }

    @Test
    void saysNothingOfANonceThatWasNotThere() throws Exception {
        byte[] answer = OcspScene.SIGNER.sign(OcspScene.singles(), Optional.empty(), OcspScene.NOW);

        var basic = (BasicOCSPResp) new OCSPResp(answer).getResponseObject();
        assertThat(ResponseData.getInstance(basic.getTBSResponseData()).getResponseExtensions())
                .isNull();
    }

    @Test
    void opensslBelievesTheAnswer(@TempDir Path directory) throws Exception {
        // openssl goes by the real clock.
        var clock = InstantSource.system();
        var root = CertificateAuthority.selfSigned("Root", Duration.ofDays(30), clock);
        X509Certificate device = root.issueClient("CP-0001", Fixture.DEVICE_KEYS.getPublic());
        Instant now = clock.instant();
        OcspSigner signer = OcspScene.signer(
                OcspScene.responder(root, OcspScene.RESPONDER_KEYS.getPublic(), now), OcspScene.RESPONDER_KEYS);
        Path rootFile = Files.writeString(directory.resolve("root.pem"), Pem.encode(root.certificate()));
        Path deviceFile = Files.writeString(directory.resolve("device.pem"), Pem.encode(device));
        Path request = directory.resolve("request.der");
        Path answer = directory.resolve("answer.der");
        var asked = OpenSsl.run("ocsp", "-issuer", rootFile, "-cert", deviceFile, "-reqout", request);
        assertThat(asked.status()).as(asked.output()).isZero();
        OcspRequest read = OcspRequest.read(Files.readAllBytes(request));

        for (OcspStatus status : List.of(
                new OcspStatus.Good(),
                new OcspStatus.Revoked(now.minusSeconds(60), CrlReason.CERTIFICATE_HOLD),
                new OcspStatus.Unknown())) {
            var single = new OcspSingle(read.certificates().getFirst(), status, now, now.plusSeconds(3600));
            Files.write(answer, signer.sign(List.of(single), read.nonce(), now));
            var believed = OpenSsl.run("ocsp", "-reqin", request, "-respin", answer, "-CAfile", rootFile, "-resp_text");

            assertThat(believed.output())
                    .contains("Response verify OK")
                    .doesNotContain("WARNING")
                    .contains(
                            switch (status) {
                                case OcspStatus.Good _ -> "Cert Status: good";
                                case OcspStatus.Unknown _ -> "Cert Status: unknown";
                                case OcspStatus.Revoked _ -> "Revocation Reason: certificateHold (0x6)";
                            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "P_521", "ED25519", "RSA"})
    void signsInTheSchemeOfItsKey(KeyKind kind) throws Exception {
        KeyPair keys = Keys.generate(kind);
        X509Certificate responder = OcspScene.responder(Fixture.CA, keys.getPublic(), OcspScene.NOW);

        OcspSigner signer = OcspSigner.of(responder, keys.getPrivate());

        assertThat(signer.certificate()).isEqualTo(responder);
        assertThat(OcspAnswer.read(signer.sign(OcspScene.singles(), Optional.empty(), OcspScene.NOW)))
                .isInstanceOfSatisfying(
                        OcspAnswer.Signed.class,
                        answer -> assertThat(answer.problems(OcspScene.ISSUER, OcspScene.NOW))
                                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA"})
    void refusesAKeyThatIsNotThatOfTheCertificate(KeyKind kind) {
        KeyPair other = Keys.generate(kind);

        assertThatThrownBy(() -> OcspSigner.of(OcspScene.RESPONDER, other.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void anAnswerSaysSomething() {
        assertThatThrownBy(() -> OcspScene.SIGNER.sign(List.of(), Optional.empty(), OcspScene.NOW))
                .hasMessage("singles: are none; an answer says something of a certificate");
        assertThatThrownBy(() -> new OcspStatus.Revoked(OcspScene.NOW, CrlReason.REMOVE_FROM_CRL))
                .hasMessage(
                        "revocationReason: removeFromCRL belongs into lists; a certificate that is released is good");
        assertThatThrownBy(() -> new OcspSingle(
                        OcspScene.SHA1, new OcspStatus.Good(), OcspScene.NOW, OcspScene.NOW.minusSeconds(1)))
                .hasMessage("nextUpdate: lies before thisUpdate");
        assertThatThrownBy(() -> new OcspSingle(OcspScene.SHA1, new OcspStatus.Good(), OcspScene.NOW, Instant.MAX))
                .hasMessage("nextUpdate: must lie in the years 0 to 9999");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsWhatBouncyCastleWrites(OcspError error) throws Exception {
        assertThat(error.encoded())
                .isEqualTo(new OCSPRespBuilder().build(error.code(), null).getEncoded());
        assertThat(OcspAnswer.read(error.encoded())).isEqualTo(new OcspAnswer.Refused(error));
    }
}
