package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.validator.simulation.HandmadeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The extensions that a request asks for: which are passed over because the profile decides, and which are refused.
class RequestedExtensionsTest extends Judgement {

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("CA=FALSE", extension(Extension.basicConstraints, true, new BasicConstraints(false))),
                Arguments.of(
                        "any use of the key but a CA's",
                        extension(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.digitalSignature
                                        | KeyUsage.nonRepudiation
                                        | KeyUsage.keyEncipherment
                                        | KeyUsage.keyAgreement
                                        | KeyUsage.encipherOnly))),
                Arguments.of(
                        "a TLS client",
                        extension(
                                Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
                Arguments.of(
                        "its own serial number again",
                        names(new GeneralName(new X500Name("O=Somebody,CN=EVR-1")), hardwareModule("EVR-1"))),
                Arguments.of(
                        "what the issuer writes by itself",
                        extension(Extension.subjectKeyIdentifier, true, new DEROctetString(new byte[20]))),
                Arguments.of("tlsfeature", unknown("1.3.6.1.5.5.7.1.24", true)),
                Arguments.of("what is not known and not critical", unknown("1.2.3.4", false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void isPassedOver(String what, Extension extension) {
        assertThat(judge(asking(extension), registered("EVR-1"))).as(what).isInstanceOf(Verdict.Accepted.class);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        extension(Extension.basicConstraints, true, new BasicConstraints(true)),
                        "requested-ca|requested extensions: basicConstraints says CA=TRUE, and a device is no CA; "
                                + "make the request again without it"),
                Arguments.of(
                        extension(Extension.basicConstraints, false, new BasicConstraints(0)),
                        "requested-ca|requested extensions: basicConstraints says CA=TRUE, and a device is no CA; "
                                + "make the request again without it"),
                Arguments.of(
                        unknown("2.5.29.30", true),
                        "requested-ca|requested extensions: nameConstraints is for CAs only; "
                                + "make the request again without it"),
                Arguments.of(
                        extension(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign)),
                        "requested-key-usage|requested extensions: keyUsage has keyCertSign, cRLSign, which is for CAs "
                                + "only; make the request again without it"),
                Arguments.of(
                        extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                            KeyPurposeId.id_kp_clientAuth,
                            KeyPurposeId.id_kp_serverAuth,
                            KeyPurposeId.anyExtendedKeyUsage,
                            KeyPurposeId.id_kp_OCSPSigning,
                            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28")),
                            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.2.3.4"))
                        })),
                        "requested-key-purpose|requested extensions: extendedKeyUsage has serverAuth, "
                                + "anyExtendedKeyUsage, OCSPSigning, cmcRA, 1.2.3.4, and under the "
                                + "profile charging-station a device gets none but clientAuth; make the request again without it"),
                Arguments.of(
                        names(new GeneralName(GeneralName.dNSName, "EVR-1")),
                        "requested-dns-name|requested extensions: subjectAltName has the dNSName \"EVR-1\", and a "
                                + "device of the profile charging-station gets none; make the request again without it"),
                Arguments.of(
                        names(new GeneralName(GeneralName.rfc822Name, "EVR-1")),
                        "requested-name|requested extensions: subjectAltName has the rfc822Name \"EVR-1\", which is "
                                + "not the serial number EVR-1; make the request again without it"),
                Arguments.of(
                        names(new GeneralName(new X500Name("CN=EVR-2"))),
                        "requested-name|requested extensions: subjectAltName has the directoryName \"EVR-2\", which is "
                                + "not the serial number EVR-1; make the request again without it"),
                Arguments.of(
                        names(hardwareModule("EVR-2")),
                        "requested-name|requested extensions: subjectAltName has the hardwareModuleName \"EVR-2\", "
                                + "which is not the serial number EVR-1; make the request again without it"),
                Arguments.of(
                        names(new GeneralName(GeneralName.iPAddress, "192.0.2.7")),
                        "requested-name|requested extensions: subjectAltName has the iPAddress \"192.0.2.7\", which "
                                + "is not the serial number EVR-1; make the request again without it"),
                Arguments.of(
                        unknown("1.2.3.4", true),
                        "requested-critical-extension|requested extensions: 1.2.3.4 is critical and is not known; "
                                + "make the request again without it"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void isRefused(Extension extension, String message) {
        assertThat(refusals(asking(extension), registered("EVR-1"))).containsExactly(message);
    }

    @Test
    void allOfThemAreSaid() {
        var all = refused()
                .map(arguments -> (Extension) arguments.get()[0])
                .filter(extension -> !extension.getExtnId().equals(Extension.subjectAlternativeName))
                .collect(Collectors.toMap(Extension::getExtnId, extension -> extension, (first, second) -> first))
                .values()
                .toArray(Extension[]::new);
        assertThat(rules(asking(all), registered("EVR-1")))
                .containsOnly(
                        "requested-ca", "requested-key-usage", "requested-key-purpose", "requested-critical-extension");
    }

    /// A request has room for a thousand names; the event that tells of them has not.
    @Test
    void notEveryNameIsSaid() {
        var names = new GeneralName[500];
        Arrays.setAll(names, i -> new GeneralName(GeneralName.dNSName, "a" + i));
        assertThat(rules(asking(names(names)), registered("EVR-1")))
                .isEqualTo(List.of(
                        "requested-dns-name",
                        "requested-dns-name",
                        "requested-dns-name",
                        "requested-dns-name",
                        "requested-dns-name"));
    }

    @Test
    void whatCanNotBeReadIsNotJudged() {
        assertThat(refusals(asking(extension(Extension.keyUsage, false, new DERUTF8String("x"))), registered("EVR-1")))
                .containsExactly("unreadable-request|requested extensions: hold a value of 2.5.29.15 that RFC 5280 "
                        + "does not know; make the request again");
    }

    private Submission asking(Extension... extensions) {
        return device.submits(HandmadeRequest.of(device.keys(), "CN=EVR-1", extensions));
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return HandmadeRequest.extension(type, critical, value);
    }

    private static Extension unknown(String oid, boolean critical) {
        return extension(new ASN1ObjectIdentifier(oid), critical, new DERUTF8String("x"));
    }

    private static Extension names(GeneralName... names) {
        return extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    private static GeneralName hardwareModule(String serialNumber) {
        return new GeneralName(
                GeneralName.otherName,
                new OtherName(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4"), new DERSequence(new ASN1Encodable[] {
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.1.2"),
                    new DEROctetString(serialNumber.getBytes(StandardCharsets.US_ASCII))
                })));
    }
}
