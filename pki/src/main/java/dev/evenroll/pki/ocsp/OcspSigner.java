package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.signature.SignatureAlgorithm;
import dev.evenroll.pki.signature.SigningKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The key and the certificate of a responder, which sign answers.
///
/// ```
/// OCSPResponse = SEQUENCE { responseStatus ENUMERATED 0, [0] SEQUENCE { id-pkix-ocsp-basic, OCTET STRING basic } }
/// basic        = SEQUENCE { tbsResponseData, signatureAlgorithm, signature BIT STRING, certs [0] SEQUENCE OF }
/// tbsResponseData = SEQUENCE { responderID [2] OCTET STRING, producedAt GeneralizedTime, responses SEQUENCE OF,
///                              responseExtensions [1] Extensions OPTIONAL }
/// ```
///
/// All tags in brackets are explicit. The responder is named by its key, which is shorter than its name; its
/// certificate goes with the answer. What is the same in every answer is encoded once. Source: RFC 6960 section 4.2.1.
///
/// Safe for use by many threads.
public final class OcspSigner {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int BIT_STRING = 0x03;
    private static final int EXPLICIT_0 = 0xa0;
    private static final int BY_KEY = 0xa2;
    private static final int RESPONSE_EXTENSIONS = 0xa1;

    private static final byte[] SUCCESSFUL = {0x0a, 1, 0};
    private static final byte[] NO_UNUSED_BITS = {0};
    private static final byte[] BASIC = StrictDer.encode(OCSPObjectIdentifiers.id_pkix_ocsp_basic);

    private final X509Certificate certificate;
    private final SigningKey key;
    private final SignatureAlgorithm algorithm;
    private final byte[] responderId;
    private final byte[] signatureAlgorithm;
    private final byte[] certs;

    private OcspSigner(X509Certificate certificate, SigningKey key, SignatureScheme scheme)
            throws GeneralSecurityException {
        this.certificate = certificate;
        this.key = key;
        this.algorithm = scheme.algorithm();
        this.responderId =
                DerWriter.tagged(BY_KEY, DerWriter.tagged(OCTET_STRING, keyHash(certificate.getPublicKey())));
        this.signatureAlgorithm = StrictDer.encode(scheme.algorithmIdentifier());
        this.certs = DerWriter.tagged(EXPLICIT_0, DerWriter.tagged(SEQUENCE, certificate.getEncoded()));
    }

    /// A responder.
    ///
    /// @param responder its certificate, for OCSP signing, from the CA that it answers for; whether it is that, the
    ///     client asks ([OcspAnswer.Signed#problems])
    /// @param key in software
    /// @throws GeneralSecurityException when the key does not belong to the certificate, or is of an algorithm that
    ///     nothing is signed with here
    public static OcspSigner of(X509Certificate responder, PrivateKey key) throws GeneralSecurityException {
        SignatureScheme scheme = scheme(responder.getPublicKey());
        var signer = new OcspSigner(responder, SigningKey.of(key), scheme);
        byte[] probe = {1};
        if (!scheme.verifies(responder.getPublicKey(), Der.of(probe), signer.key.sign(signer.algorithm, probe))) {
            throw new InvalidKeyException(
                    "responder key: does not belong to the certificate of the responder; give the matching pair");
        }
        return signer;
    }

    private static SignatureScheme scheme(PublicKey key) throws InvalidKeyException {
        try {
            return SignatureScheme.of(key);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("responder key: nothing is signed with its algorithm; use P-256", e);
        }
    }

    /// The hash that names a responder: SHA-1 of the content of its key's BIT STRING.
    static byte[] keyHash(PublicKey key) {
        return HashAlgorithm.SHA1.digest(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes());
    }

    /// Signs an answer.
    ///
    /// @param singles at least one, in the order of the request
    /// @param nonce that of the request
    /// @param producedAt now; a fraction of a second is cut off
    /// @return the whole OCSPResponse, DER
    /// @throws GeneralSecurityException when the key does not sign
    public byte[] sign(List<OcspSingle> singles, Optional<OcspNonce> nonce, Instant producedAt)
            throws GeneralSecurityException {
        if (singles.isEmpty()) {
            throw new IllegalArgumentException("singles: are none; an answer says something of a certificate");
        }
        byte[] data = DerWriter.tagged(
                SEQUENCE,
                responderId,
                OcspTime.encode(producedAt),
                DerWriter.tagged(
                        SEQUENCE, singles.stream().map(OcspSingle::encode).toArray(byte[][]::new)),
                OcspExtensions.encode(RESPONSE_EXTENSIONS, nonce));
        byte[] signature = DerWriter.tagged(BIT_STRING, NO_UNUSED_BITS, key.sign(algorithm, data));
        byte[] basic = DerWriter.tagged(SEQUENCE, data, signatureAlgorithm, signature, certs);
        return DerWriter.tagged(
                SEQUENCE,
                SUCCESSFUL,
                DerWriter.tagged(EXPLICIT_0, DerWriter.tagged(SEQUENCE, BASIC, DerWriter.tagged(OCTET_STRING, basic))));
    }

    /// The certificate of the responder.
    public X509Certificate certificate() {
        return certificate;
    }
}
