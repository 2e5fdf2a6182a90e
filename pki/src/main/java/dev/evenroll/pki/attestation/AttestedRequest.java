package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.request.CertificationRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/// The making of a certification request with evidence, for a key that only a TPM can sign with: first what is to be
/// signed, then, with the TPM's signature, the request.
public final class AttestedRequest {
    private static final String FIELD = "request information";

    private AttestedRequest() {}

    /// What a TPM says of a key.
    ///
    /// @param publicArea TPMT_PUBLIC of the key
    /// @param attest TPMS_ATTEST, by TPM2_Certify
    /// @param signature TPMT_SIGNATURE of the attestation key
    /// @param certificates that of the attestation key, and those that lead from it to its CA
    public record Evidence(Der publicArea, Der attest, Der signature, List<X509Certificate> certificates) {
        public Evidence {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("certificates: are empty; give that of the attestation key");
            }
        }

        private Der statement() {
            return encoded(new DERSequence(new ASN1Encodable[] {
                new DEROctetString(attest.bytes()),
                new DEROctetString(signature.bytes()),
                new DEROctetString(publicArea.bytes())
            }));
        }

        private ASN1Encodable bundle() {
            var statement = new DERSequence(new ASN1Encodable[] {
                new ASN1ObjectIdentifier(TpmCertification.TYPE),
                ASN1Sequence.getInstance(statement().bytes())
            });
            var chain = new ASN1EncodableVector();
            certificates.forEach(certificate -> chain.add(
                    ASN1Sequence.getInstance(Certificates.der(certificate).bytes())));
            return new DERSequence(new ASN1Encodable[] {new DERSequence(statement), new DERSequence(chain)});
        }
    }

    /// What the TPM has to sign with the key: DER, CertificationRequestInfo of RFC 2986 section 4.1.
    ///
    /// @param organization null: the subject has none
    /// @throws MalformedException when the evidence can not be read
    public static Der toBeSigned(String commonName, @Nullable String organization, Evidence evidence)
            throws MalformedException {
        var key = TpmCertification.read(evidence.statement()).publicArea().subjectPublicKeyInfo();
        var subject = new X500NameBuilder();
        if (organization != null) {
            subject.addRDN(BCStyle.O, new DERUTF8String(organization));
        }
        subject.addRDN(BCStyle.CN, new DERUTF8String(commonName));
        var attribute = new Attribute(
                new ASN1ObjectIdentifier(CertificationRequest.ATTESTATION), new DERSet(evidence.bundle()));
        return encoded(new CertificationRequestInfo(
                subject.build(), SubjectPublicKeyInfo.getInstance(key.bytes()), new DERSet(attribute)));
    }

    /// The request: DER, RFC 2986 section 4.
    ///
    /// @param toBeSigned see [#toBeSigned]
    /// @param signature TPMT_SIGNATURE over it
    /// @throws MalformedException when one of them can not be read, or they do not belong together
    public static Der signed(Der toBeSigned, Der signature) throws MalformedException {
        var sequence = StrictDer.sequence(toBeSigned, FIELD, CertificationRequest.MAXIMUM_BYTES);
        var info = StrictDer.structure(
                FIELD, "is not that of RFC 2986 section 4.1", () -> CertificationRequestInfo.getInstance(sequence));
        Der request = switch (TpmSignature.read(signature)) {
            case TpmSignature.Ecdsa(var hash, var value) -> signed(info, new AlgorithmIdentifier(ecdsa(hash)), value);
            case TpmSignature.RsaSsa(var hash, var value) ->
                signed(info, new AlgorithmIdentifier(rsa(hash), DERNull.INSTANCE), value);
            case TpmSignature.RsaPss _, TpmSignature.Unaccepted _ ->
                throw new MalformedException(
                        "signature", "is neither ECDSA nor RSASSA with SHA-256, SHA-384 or SHA-512; sign so");
        };
        if (!CertificationRequest.decode(request).provesPossession()) {
            throw new MalformedException(
                    "signature", "does not verify with the key of the request; sign exactly these bytes with it");
        }
        return request;
    }

    private static Der signed(CertificationRequestInfo info, AlgorithmIdentifier algorithm, Der signature) {
        return encoded(new org.bouncycastle.asn1.pkcs.CertificationRequest(
                info, algorithm, new DERBitString(signature.bytes())));
    }

    private static ASN1ObjectIdentifier ecdsa(TpmHash hash) {
        return switch (hash) {
            case SHA256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
            case SHA384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
            case SHA512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
        };
    }

    private static ASN1ObjectIdentifier rsa(TpmHash hash) {
        return switch (hash) {
            case SHA256 -> PKCSObjectIdentifiers.sha256WithRSAEncryption;
            case SHA384 -> PKCSObjectIdentifiers.sha384WithRSAEncryption;
            case SHA512 -> PKCSObjectIdentifiers.sha512WithRSAEncryption;
        };
    }

    private static Der encoded(ASN1Encodable value) {
        return Der.of(StrictDer.encode(value));
    }
}
