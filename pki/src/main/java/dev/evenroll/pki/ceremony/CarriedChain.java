package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.signature.CertificateSignature;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;

/// What comes back from a root: the certificate of an issuing CA, those above it up to the root, and cross certificates
/// between roots.
///
/// It was carried, so all of it is judged. Who made the root need not be us: only of the issuing CA we know the name.
///
/// @param path the issuing CA first, the root last
/// @param cross from one root to another
public record CarriedChain(List<X509Certificate> path, List<X509Certificate> cross) {

    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    public CarriedChain {
        path = List.copyOf(path);
        cross = List.copyOf(cross);
    }

    /// Reads PEM: the chain up to the root, then the cross certificates.
    ///
    /// @throws MalformedException when there is no root in it
    public static CarriedChain read(String pem) throws MalformedException {
        var certificates = Pem.decodeCertificates(pem);
        for (int i = 0; i < certificates.size(); i++) {
            if (isSelfIssued(certificates.get(i))) {
                return new CarriedChain(
                        certificates.subList(0, i + 1), certificates.subList(i + 1, certificates.size()));
            }
        }
        throw new MalformedException(
                "chain",
                "ends without a root; give the certificate of the CA first, then those above it up to the root");
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    /// The certificate of the issuing CA.
    public X509Certificate issuing() {
        return path.getFirst();
    }

    /// The certificate of the root.
    public X509Certificate root() {
        return path.getLast();
    }

    /// The PEM text that [#read] reads.
    public String pem() {
        return Pem.encode(path) + (cross.isEmpty() ? "" : Pem.encode(cross));
    }

    /// Everything that is wrong with it; empty when it may be installed.
    ///
    /// @param request that of the CA that waits
    public List<Failure> problems(CaRequest request, Environment environment, Instant now) {
        var problems = new ArrayList<Failure>();
        judgeIssuing(request, environment, problems);
        judgePath(environment, now, problems);
        return List.copyOf(problems);
    }

    private void judgeIssuing(CaRequest request, Environment environment, List<Failure> problems) {
        if (!CaRequest.keyId(issuing().getPublicKey()).equals(request.keyId())) {
            problems.add(new Failure(
                    "key",
                    "chain: its first certificate, of " + Certificates.subject(issuing())
                            + ", is for another key (key id "
                            + CaRequest.keyId(issuing().getPublicKey())
                            + ") than the one that waits (" + request.keyId() + "); bring the chain of that request"));
        }
        var name = CaName.read(issuing().getSubjectX500Principal());
        if (!name.equals(Optional.of(request.name()))) {
            problems.add(new Failure(
                    "subject",
                    "chain: its first certificate is that of " + Certificates.subject(issuing())
                            + "; the request was made for \"" + request.name().subject()
                            + "\", and the root has to keep that name"));
        }
        if (!request.name().environment().equals(environment)) {
            problems.add(new Failure(
                    "environment",
                    "chain: is of the environment " + request.name().environment() + ", and this directory of "
                            + environment));
        }
        if (issuing().getBasicConstraints() != 0 || !isCa(issuing())) {
            problems.add(new Failure(
                    "extensions",
                    "chain: " + Certificates.subject(issuing())
                            + " must have a critical basicConstraints CA:TRUE with a path length of 0, and a critical "
                            + "keyUsage keyCertSign and cRLSign; have the root issue it so"));
        }
    }

    private void judgePath(Environment environment, Instant now, List<Failure> problems) {
        try {
            IssuingCertificate.of(path);
        } catch (IllegalArgumentException e) {
            problems.add(new Failure("path", String.valueOf(e.getMessage())));
        }
        if (path.size() < 2) {
            problems.add(new Failure(
                    "path", "chain: the issuing CA is its own root; have it certified by a root with another key"));
        }
        for (var link : path) {
            if (now.isBefore(link.getNotBefore().toInstant())
                    || now.isAfter(link.getNotAfter().toInstant())) {
                problems.add(new Failure(
                        "validity",
                        "chain: " + Certificates.subject(link) + " is valid from "
                                + link.getNotBefore().toInstant() + " to "
                                + link.getNotAfter().toInstant()
                                + ", not now; check the clock, or have it issued anew"));
            }
        }
        if (issuing().getNotAfter().toInstant().isAfter(root().getNotAfter().toInstant())) {
            problems.add(
                    new Failure("validity", "chain: the CA's certificate outlives its root; have it issued shorter"));
        }
        CaName.read(root().getSubjectX500Principal())
                .filter(root -> !root.environment().equals(environment))
                .ifPresent(root -> problems.add(new Failure(
                        "environment",
                        "chain: its root \"" + root.commonName() + "\" is one of the environment " + root.environment()
                                + ", and this directory of " + environment)));
    }

    private static boolean isCa(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        var critical = certificate.getCriticalExtensionOIDs();
        return certificate.getBasicConstraints() >= 0
                && usage != null
                && usage[KEY_CERT_SIGN]
                && usage[CRL_SIGN]
                && critical != null
                && critical.contains(Extension.basicConstraints.getId())
                && critical.contains(Extension.keyUsage.getId());
    }

    /// The cross certificates that lead from one root that is known, or the root of this chain, to another such.
    ///
    /// @param known the roots that are trusted already
    public List<X509Certificate> verifiedCross(Collection<X509Certificate> known) {
        var roots = new ArrayList<>(known);
        roots.add(root());
        return cross.stream()
                .filter(CarriedChain::isCa)
                .filter(certificate -> roots.stream().anyMatch(root -> certifies(certificate, root)))
                .filter(certificate -> roots.stream().anyMatch(root -> isSigned(certificate, root)))
                .toList();
    }

    private static boolean certifies(X509Certificate certificate, X509Certificate root) {
        return certificate.getSubjectX500Principal().equals(root.getSubjectX500Principal())
                && CaRequest.keyId(certificate.getPublicKey()).equals(CaRequest.keyId(root.getPublicKey()));
    }

    /// Whether the key of a root signed a certificate.
    static boolean isSigned(X509Certificate certificate, X509Certificate root) {
        if (!certificate.getIssuerX500Principal().equals(root.getSubjectX500Principal())) {
            return false;
        }
        try {
            CertificateSignature.verify(certificate, BouncyCastle.translate(root.getPublicKey()));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// Whether its root needs nobody's word: it is known here, or a root that is known has certified it.
    ///
    /// @param known the roots that are trusted already
    public boolean isEndorsed(Collection<X509Certificate> known) {
        return known.contains(root())
                || cross.stream()
                        .filter(certificate -> certifies(certificate, root()))
                        .anyMatch(certificate -> known.stream().anyMatch(old -> isSigned(certificate, old)));
    }
}
