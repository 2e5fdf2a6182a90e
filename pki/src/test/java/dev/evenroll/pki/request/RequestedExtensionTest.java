package dev.evenroll.pki.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class RequestedExtensionTest {

    private static final String MICROSOFT = "1.3.6.1.4.1.311.2.1.14";
    private static final KeyPair KEYS = Keys.generateP256();

    @Test
    void aRequestWithoutAttributesAsksForNone() throws MalformedException {
        assertThat(read(request())).isEmpty();
    }

    @Test
    void anAttributeOfAnotherKindAsksForNone() throws MalformedException {
        assertThat(read(request(attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_challengePassword.getId(), new DERUTF8String("secret")))))
                .isEmpty();
    }

    @Test
    void eachKindIsRead() throws MalformedException {
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "cp.example.org"),
            new GeneralName(GeneralName.rfc822Name, "a@example.org"),
            new GeneralName(GeneralName.uniformResourceIdentifier, "urn:dev:1"),
            new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
            new GeneralName(GeneralName.iPAddress, "2001:db8::1"),
            new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[] {1, 2, 3})),
            new GeneralName(new X500Name("O=Acme,CN=EVR-1")),
            new GeneralName(new X500Name("CN=EVR-1,CN=EVR-2")),
            new GeneralName(GeneralName.otherName, hardwareModule("EVR-1".getBytes(StandardCharsets.US_ASCII))),
            new GeneralName(GeneralName.otherName, hardwareModule(new byte[] {1, (byte) 0xfe})),
            new GeneralName(
                    GeneralName.otherName,
                    new OtherName(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), new DERUTF8String("x"))),
            new GeneralName(GeneralName.registeredID, "1.2.3"),
        });
        var request = request(asking(
                extension(Extension.basicConstraints, true, new BasicConstraints(2)),
                extension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.cRLSign | KeyUsage.decipherOnly)),
                extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_clientAuth, KeyPurposeId.anyExtendedKeyUsage
                })),
                extension(Extension.subjectAlternativeName, false, names),
                extension(new ASN1ObjectIdentifier("1.2.3.4"), true, new DERUTF8String("not looked at"))));

        assertThat(read(request))
                .containsExactly(
                        new RequestedExtension.BasicConstraints(true, true),
                        new RequestedExtension.KeyUsage(true, List.of("digitalSignature", "cRLSign", "decipherOnly")),
                        new RequestedExtension.ExtendedKeyUsage(false, List.of(KeyPurpose.CLIENT_AUTH, "2.5.29.37.0")),
                        new RequestedExtension.SubjectAlternativeName(
                                false,
                                List.of(
                                        new RequestedName("dNSName", "cp.example.org"),
                                        new RequestedName("rfc822Name", "a@example.org"),
                                        new RequestedName("uniformResourceIdentifier", "urn:dev:1"),
                                        new RequestedName("iPAddress", "192.0.2.1"),
                                        new RequestedName("iPAddress", "2001:db8:0:0:0:0:0:1"),
                                        new RequestedName("iPAddress", "#0403010203"),
                                        new RequestedName("directoryName", "EVR-1"),
                                        new RequestedName(
                                                "directoryName",
                                                "#3020310e300c06035504030c054556522d31"
                                                        + "310e300c06035504030c054556522d32"),
                                        new RequestedName("hardwareModuleName", "EVR-1"),
                                        new RequestedName("hardwareModuleName", "#01fe"),
                                        new RequestedName("otherName", "#3011060a2b060104018237140203a0030c0178"),
                                        new RequestedName("registeredID", "#06022a03"))),
                        new RequestedExtension.Other("1.2.3.4", true));
    }

    @Test
    void theAttributesOfTwoKindsAreTakenTogether() throws MalformedException {
        var request = request(
                asking(extension(Extension.basicConstraints, false, new BasicConstraints(false))),
                attribute(
                        MICROSOFT,
                        new Extensions(extension(Extension.keyUsage, false, new KeyUsage(KeyUsage.keyCertSign)))));
        assertThat(read(request))
                .containsExactlyInAnyOrder(
                        new RequestedExtension.BasicConstraints(false, false),
                        new RequestedExtension.KeyUsage(false, List.of("keyCertSign")));
    }

    @Test
    void oneAskedForTwiceIsRefused() {
        var harmless = extension(Extension.basicConstraints, false, new BasicConstraints(false));
        var harmful = extension(Extension.basicConstraints, false, new BasicConstraints(true));
        for (var request : List.of(
                request(asking(harmless, harmful)),
                request(asking(harmless), attribute(MICROSOFT, new DERSequence(harmful))))) {
            assertThatThrownBy(() -> read(request))
                    .isInstanceOf(MalformedException.class)
                    .hasMessage("requested extensions: ask for 2.5.29.19 twice; ask for it once, or leave it out");
        }
    }

    @Test
    void whatCanNotBeReadIsRefused() {
        var twoValues = new ASN1EncodableVector();
        twoValues.add(new DERSequence(extension(Extension.keyUsage, false, new KeyUsage(0x80))));
        twoValues.add(new DERSequence());
        assertThatThrownBy(() -> read(request(
                        new Attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(twoValues)))))
                .hasMessage("requested extensions: are not one value of their attribute (RFC 2985 section 5.4.2)");
        assertThatThrownBy(() -> read(request(
                        attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest.getId(), new DERUTF8String("x")))))
                .hasMessage("requested extensions: are not those of RFC 2985 section 5.4.2; make the request again");
        assertThatThrownBy(() -> read(request(asking(extension(Extension.keyUsage, false, new DERUTF8String("x"))))))
                .hasMessage("requested extensions: hold a value of 2.5.29.15 that RFC 5280 does not know");
        assertThatThrownBy(() -> read(request(asking(
                        extension(Extension.keyUsage, false, new DERBitString(new byte[] {0, 1}, 0))))))
                .hasMessage("requested extensions: hold a keyUsage with bits that RFC 5280 does not know");
        assertThatThrownBy(() -> read(request(
                        asking(new Extension(Extension.keyUsage, false, new DEROctetString(new byte[] {3, 1}))))))
                .isInstanceOf(MalformedException.class);
    }

    /// Mutated values of extensions are read or refused; nothing else escapes.
    @Test
    void hostileValuesAreReadOrRefused() {
        var random = new Random(20261122);
        var values = Stream.of(
                        extension(Extension.basicConstraints, true, new BasicConstraints(2)),
                        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)),
                        extension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)),
                        extension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, "a"),
                            new GeneralName(GeneralName.otherName, hardwareModule(new byte[] {65})),
                            new GeneralName(new X500Name("CN=a")),
                            new GeneralName(GeneralName.iPAddress, "::1")
                        })))
                .toList();
        var refused = 0;
        for (var round = 0; round < 8_000; round++) {
            var extension = values.get(round % values.size());
            var bytes = extension.getExtnValue().getOctets().clone();
            for (var flips = 0; flips <= round % 3; flips++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            var mutated = new Extension(extension.getExtnId(), false, new DEROctetString(bytes));
            try {
                assertThat(ExtensionRequests.read(new DERSet(asking(mutated)))).hasSize(1);
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("requested extensions: ");
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 7_999);
    }

    private static List<RequestedExtension> read(Der request) throws MalformedException {
        return CertificationRequest.decode(request).requestedExtensions();
    }

    private static OtherName hardwareModule(byte[] serialNumber) {
        return new OtherName(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4"), new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.1.2"), new DEROctetString(serialNumber)
        }));
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return new Extension(type, critical, StrictDer.encode(value));
    }

    private static Attribute asking(Extension... extensions) {
        return attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest.getId(), new DERSequence(extensions));
    }

    private static Attribute attribute(String type, ASN1Encodable value) {
        return new Attribute(new ASN1ObjectIdentifier(type), new DERSet(value));
    }

    private static Der request(Attribute... attributes) {
        try {
            var info = new CertificationRequestInfo(
                    new X500Name("CN=EVR-1"),
                    SubjectPublicKeyInfo.getInstance(KEYS.getPublic().getEncoded()),
                    new DERSet(attributes));
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(KEYS.getPrivate());
            signature.update(StrictDer.encode(info));
            return Der.of(StrictDer.encode(new org.bouncycastle.asn1.pkcs.CertificationRequest(
                    info,
                    new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                    new DERBitString(signature.sign()))));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
