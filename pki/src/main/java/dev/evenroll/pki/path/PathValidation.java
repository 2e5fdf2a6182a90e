package dev.evenroll.pki.path;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.path.PathResult.Trusted;
import dev.evenroll.pki.path.PathResult.Untrusted;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The validation of one chain (RFC 5280 section 6).
///
/// The routes to an anchor are found first ([Routes]); that one of them holds, the JDK's PKIX
/// algorithm proves with every signature. What people get wrong most often (dates, an unknown
/// issuer) is looked at first, to be said in words.
final class PathValidation {
    /// Longer chains are refused unread: each certificate costs a verification.
    static final int MAXIMUM_CERTIFICATES = 10;

    private static final List<String> BROKEN_DIGESTS = List.of("MD2", "MD5", "SHA1");

    /// The bit keyCertSign of keyUsage (RFC 5280 section 4.2.1.3).
    private static final int KEY_CERT_SIGN = 5;

    private final TrustAnchors anchors;
    private final Instant at;

    private PathValidation(TrustAnchors anchors, Instant at) {
        this.anchors = anchors;
        this.at = at;
    }

    static PathResult verify(TrustAnchors anchors, List<X509Certificate> leafFirst, Instant at) {
        if (leafFirst.isEmpty()) {
            return new Untrusted("no certificate was presented");
        }
        if (leafFirst.size() > MAXIMUM_CERTIFICATES) {
            return new Untrusted(leafFirst.size() + " certificates were presented; at most " + MAXIMUM_CERTIFICATES
                    + " are looked at");
        }
        return new PathValidation(anchors, at).verify(leafFirst);
    }

    private PathResult verify(List<X509Certificate> presented) {
        X509Certificate leaf = presented.getFirst();
        if (anchors.anchorOf(leaf).isPresent()) {
            return new Untrusted(named(leaf) + " is itself a trust anchor; present a certificate that it issued");
        }
        List<List<X509Certificate>> routes = Routes.of(anchors, presented);
        // When none leads there, the most direct one is the one to speak of.
        PathResult direct = judge(routes.getFirst());
        return direct instanceof Trusted
                ? direct
                : routes.stream()
                        .skip(1)
                        .map(this::judge)
                        .filter(Trusted.class::isInstance)
                        .findFirst()
                        .orElse(direct);
    }

    private PathResult judge(List<X509Certificate> path) {
        for (X509Certificate certificate : path) {
            Optional<String> problem = problemWith(certificate);
            if (problem.isPresent()) {
                return new Untrusted(problem.get());
            }
        }
        List<TrustAnchors.Anchor> candidates = anchors.named(path.getLast().getIssuerX500Principal());
        if (candidates.isEmpty()) {
            return new Untrusted(named(path.getLast()) + " was issued by "
                    + Certificates.issuer(path.getLast()) + ", which is none of the trust anchors "
                    + anchors.names());
        }
        List<TrustAnchors.Anchor> valid = candidates.stream()
                .filter(anchor -> dateProblem(anchor.certificate()).isEmpty())
                .toList();
        return valid.isEmpty()
                ? new Untrusted("trust anchor " + candidates.getFirst().name() + ": "
                        + dateProblem(candidates.getFirst().certificate()).orElseThrow())
                : validate(path.stream().map(SignedCertificate::new).toList(), valid);
    }

    private Optional<String> problemWith(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
        if (BROKEN_DIGESTS.stream().anyMatch(algorithm::contains)) {
            return Optional.of(named(certificate) + " is signed with " + certificate.getSigAlgName()
                    + ", which is broken; have it issued with SHA-256 or better");
        }
        return dateProblem(certificate);
    }

    private Optional<String> dateProblem(X509Certificate certificate) {
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (at.isAfter(notAfter)) {
            return Optional.of(named(certificate) + " expired on " + day(notAfter));
        }
        return at.isBefore(notBefore)
                ? Optional.of(named(certificate) + " is not valid before " + day(notBefore))
                : Optional.empty();
    }

    private PathResult validate(List<SignedCertificate> path, List<TrustAnchors.Anchor> candidates) {
        List<TrustAnchors.Anchor> signers = candidates.stream()
                .filter(anchor -> Routes.isSigned(path.getLast(), anchor.certificate()))
                .toList();
        try {
            return validate(path, trusted(signers.isEmpty() ? candidates : signers));
        } catch (CertPathValidatorException e) {
            return e.getReason() == PKIXReason.NO_TRUST_ANCHOR && !signers.isEmpty()
                    ? validateByKey(path, signers.getFirst())
                    : new Untrusted(reason(path, e));
        }
    }

    private static Map<TrustAnchor, TrustAnchors.Anchor> trusted(List<TrustAnchors.Anchor> candidates) {
        return candidates.stream()
                .collect(Collectors.toMap(anchor -> new TrustAnchor(anchor.certificate(), null), Function.identity()));
    }

    /// Once more, with name and key of an anchor that signed. The JDK passes over an anchor whose
    /// subjectKeyIdentifier is not the authorityKeyIdentifier below it: a hint for finding paths,
    /// not a rule for judging them (RFC 5280 sections 4.2.1.1 and 6.1).
    private PathResult validateByKey(List<SignedCertificate> path, TrustAnchors.Anchor anchor) {
        X509Certificate certificate = anchor.certificate();
        boolean[] keyUsage = certificate.getKeyUsage();
        if (keyUsage != null && !keyUsage[KEY_CERT_SIGN]) {
            return new Untrusted("trust anchor " + anchor.name() + ": " + named(certificate)
                    + " may not sign certificates (keyUsage)");
        }
        try {
            var byKey = new TrustAnchor(certificate.getSubjectX500Principal(), certificate.getPublicKey(), null);
            return validate(path, Map.of(byKey, anchor));
        } catch (CertPathValidatorException e) {
            return new Untrusted(reason(path, e));
        }
    }

    private PathResult validate(List<SignedCertificate> path, Map<TrustAnchor, TrustAnchors.Anchor> trusted)
            throws CertPathValidatorException {
        try {
            var parameters = new PKIXParameters(trusted.keySet());
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            var certPath = CertificateFactory.getInstance("X.509", "SUN").generateCertPath(path);
            var result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX", "SUN").validate(certPath, parameters);
            var anchor = Objects.requireNonNull(trusted.get(result.getTrustAnchor()));
            return new Trusted(
                    anchor.name(),
                    anchor.certificate(),
                    path.stream().map(SignedCertificate::original).toList());
        } catch (CertPathValidatorException e) {
            throw e;
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("the PKIX validation of this JDK refuses its parameters", e);
        } catch (GeneralSecurityException e) {
            return new Untrusted(named(path.getFirst()) + " can not be validated: " + e.getMessage());
        }
    }

    private static String reason(List<SignedCertificate> path, CertPathValidatorException e) {
        X509Certificate culprit = e.getIndex() >= 0 ? path.get(e.getIndex()) : path.getLast();
        if (e.getReason() instanceof PKIXReason reason) {
            return switch (reason) {
                case NOT_CA_CERT -> named(culprit) + " is not a CA certificate, but another is signed with it";
                case INVALID_KEY_USAGE -> named(culprit) + " may not sign certificates (keyUsage)";
                case PATH_TOO_LONG ->
                    named(culprit) + " can not be trusted: a CA above it allows no more CAs (pathLenConstraint)";
                case UNRECOGNIZED_CRIT_EXT -> named(culprit) + " has a critical extension that is not understood";
                case INVALID_NAME -> named(culprit) + " has a name that its issuer may not certify (nameConstraints)";
                case NO_TRUST_ANCHOR -> named(culprit) + " was not signed with the key of its trust anchor";
                case NAME_CHAINING, INVALID_POLICY -> named(culprit) + " does not fit its issuer: " + e.getMessage();
            };
        }
        if (e.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE) {
            return named(culprit) + " has a signature that was not made with the key of its issuer "
                    + Certificates.issuer(culprit);
        }
        return named(culprit) + " can not be validated: " + e.getMessage();
    }

    private static String named(X509Certificate certificate) {
        return "the certificate of " + Certificates.subject(certificate);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
