package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;

/// The signature of an answer and what it takes to verify it (RFC 6960 section 4.2.2.2).
///
/// @param responseData what is signed, DER
/// @param algorithm the AlgorithmIdentifier, DER
/// @param value the BIT STRING, DER
/// @param responderKeyHash SHA-1 of the key that signed: the OCTET STRING, DER
/// @param certificates those that the responder sent along
public record OcspSignature(
        Der responseData, Der algorithm, Der value, Der responderKeyHash, List<X509Certificate> certificates) {
    private static final int OCTET_STRING = 0x04;

    public OcspSignature {
        certificates = List.copyOf(certificates);
    }

    /// The certificate of the key that the answer names; empty when it was not sent along.
    public Optional<X509Certificate> responder() {
        return certificates.stream()
                .filter(each -> responderKeyHash.equals(
                        Der.of(DerWriter.tagged(OCTET_STRING, OcspSigner.keyHash(each.getPublicKey())))))
                .findFirst();
    }

    /// Why the signature proves nothing: each reason once. Empty when a responder has signed that this CA made one.
    List<Failure> problems(IssuingCertificate issuer, Instant at) {
        Optional<X509Certificate> responder = responder();
        if (responder.isEmpty()) {
            return List.of(new Failure(
                    "ocsp-responder",
                    "certs: lacks the certificate of the key that the answer names; ask another responder"));
        }
        X509Certificate certificate = responder.get();
        var problems = new ArrayList<Failure>();
        if (!isIssued(certificate, issuer)) {
            problems.add(new Failure(
                    "ocsp-responder-issuer", "responder: is not certified by the CA of the certificate; give that CA"));
        }
        if (!isForOcspSigning(certificate)) {
            problems.add(new Failure(
                    "ocsp-responder-purpose", "responder: its certificate is not for ocspSigning (extendedKeyUsage)"));
        }
        if (at.isBefore(certificate.getNotBefore().toInstant())
                || at.isAfter(certificate.getNotAfter().toInstant())) {
            problems.add(new Failure(
                    "ocsp-responder-validity",
                    "responder: its certificate is valid from "
                            + certificate.getNotBefore().toInstant() + " until "
                            + certificate.getNotAfter().toInstant() + " only; have it renewed"));
        }
        if (!verifies(certificate)) {
            problems.add(new Failure(
                    "ocsp-signature", "signature: is not that of the responder over this answer; do not believe it"));
        }
        return List.copyOf(problems);
    }

    private static boolean isIssued(X509Certificate certificate, IssuingCertificate issuer) {
        try {
            return Arrays.equals(
                            certificate.getIssuerX500Principal().getEncoded(),
                            issuer.subjectDer().bytes())
                    && issuer.verifies(Der.of(certificate.getTBSCertificate()), certificate.getSignature());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a decoded certificate can not be encoded again", e);
        }
    }

    private static boolean isForOcspSigning(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(KeyPurpose.OCSP_SIGNING);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private boolean verifies(X509Certificate certificate) {
        try {
            var scheme = SignatureScheme.of(certificate.getPublicKey());
            return algorithm.equals(Der.of(StrictDer.encode(scheme.algorithmIdentifier())))
                    && scheme.verifies(
                            certificate.getPublicKey(),
                            responseData,
                            ASN1BitString.getInstance(value.bytes()).getOctets());
        } catch (IllegalArgumentException | IllegalStateException e) {
            // A key that nothing is signed with here, or bits that are no whole octets.
            return false;
        }
    }
}
