package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.OcspSigner;
import dev.evenroll.revocation.crl.Issuers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The responders of this replica, one for each CA: their keys, and the certificates that they sign with (RFC 6960
/// section 4.2.2.2).
///
/// | state of one | what happens | next state |
/// |---|---|---|
/// | (none) | its CA is valid | asks: a key, and every minute the same request |
/// | asks | its certificate comes | signs |
/// | signs | half of the certificate's life is over | signs and asks, with another key |
/// | signs and asks | the next certificate comes | signs, with that one |
/// | signs and asks | the certificate ends | asks |
///
/// Keys are in memory alone: a replica that starts makes others (docs/adr/0035).
///
/// Safe for use by many threads.
public final class Responders {

    /// The issuer answers within a second, or is away.
    private static final Duration BETWEEN_REQUESTS = Duration.ofMinutes(1);

    private final String name;
    private final Issuers issuers;
    private final Map<String, Pending> pendingByIssuer = new HashMap<>();
    private final Map<String, OcspSigner> signerByIssuer = new ConcurrentHashMap<>();

    /// @param name of the responders, their CN
    public Responders(String name, Issuers issuers) {
        this.name = name;
        this.issuers = issuers;
    }

    /// A certificate that is asked for.
    ///
    /// @param responder its CN
    /// @param issuerKeyId of the CA that is asked
    /// @param certificationRequest PKCS#10, DER
    public record Wanted(String responder, String issuerKeyId, Der certificationRequest) {}

    /// A key without a certificate.
    private static final class Pending {
        private final KeyPair keys = Keys.generateP256();
        private Instant askAgainAt = Instant.MIN;
    }

    /// The name of all of them.
    public String name() {
        return name;
    }

    /// What is to be asked for now.
    public synchronized List<Wanted> wanted(Instant now) {
        var wanted = new ArrayList<Wanted>();
        for (var issuer : issuers.all()) {
            if (isValid(issuer, now) && isDue(issuer, now)) {
                var pending = pendingByIssuer.computeIfAbsent(issuer.keyId(), _ -> new Pending());
                if (!now.isBefore(pending.askAgainAt)) {
                    pending.askAgainAt = now.plus(BETWEEN_REQUESTS);
                    wanted.add(new Wanted(name, issuer.keyId(), CertificationRequests.create(pending.keys, name)));
                }
            }
        }
        return wanted;
    }

    private static boolean isValid(IssuingCertificate issuer, Instant now) {
        return !now.isBefore(issuer.notBefore()) && now.isBefore(issuer.notAfter());
    }

    private boolean isDue(IssuingCertificate issuer, Instant now) {
        var signer = signerByIssuer.get(issuer.keyId());
        return signer == null || !now.isBefore(half(signer.certificate()));
    }

    private static Instant half(X509Certificate certificate) {
        var begin = certificate.getNotBefore().toInstant();
        return begin.plus(Duration.between(begin, end(certificate)).dividedBy(2));
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    /// Takes a certificate into use, when it is for a key that waits for one; says whether it was.
    ///
    /// @throws MalformedException when it is for such a key, and not what a responder needs
    public synchronized boolean offer(String issuerKeyId, X509Certificate certificate) throws MalformedException {
        var pending = pendingByIssuer.get(issuerKeyId);
        if (pending == null || !pending.keys.getPublic().equals(certificate.getPublicKey())) {
            return false;
        }
        var issuer = issuers.ofKeyId(issuerKeyId)
                .orElseThrow(() -> new MalformedException("issuerKeyId", "is " + issuerKeyId + ", no CA of here"));
        try {
            certificate.verify(issuer.publicKey());
            if (!List.of(KeyPurpose.OCSP_SIGNING).equals(certificate.getExtendedKeyUsage())) {
                throw new MalformedException("certificate", "is not one of an OCSP responder");
            }
            signerByIssuer.put(issuerKeyId, OcspSigner.of(certificate, pending.keys.getPrivate()));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("certificate", "is not one that " + issuerKeyId + " has signed", e);
        }
        pendingByIssuer.remove(issuerKeyId);
        return true;
    }

    /// Who signs for a CA now; empty while there is nobody.
    public Optional<OcspSigner> signer(String issuerKeyId, Instant now) {
        return Optional.ofNullable(signerByIssuer.get(issuerKeyId))
                .filter(signer -> now.isBefore(end(signer.certificate())));
    }

    /// For an operator, by CA: until when its responder is certified, or that it is not.
    public Map<String, String> facts(Instant now) {
        var facts = new TreeMap<String, String>();
        for (var issuer : issuers.all()) {
            facts.put(
                    issuer.keyId(),
                    signer(issuer.keyId(), now)
                            .map(signer -> "certified until " + end(signer.certificate()))
                            .orElse("waits for a certificate: see whether issuer is ready, and its dead letters"));
        }
        return facts;
    }
}
