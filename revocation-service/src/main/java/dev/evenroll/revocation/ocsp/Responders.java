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
/// | signs | half of what was left of the certificate's life when it came is over | signs and asks, with another key |
/// | signs and asks | the next certificate comes | signs, with that one |
/// | signs and asks | the certificate ends | asks |
///
/// Keys are in memory alone: a replica that starts makes others (docs/adr/0035).
///
/// Safe for use by many threads.
public final class Responders {

    /// The issuer answers within a second, or is away: then each request comes later than the one before.
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final String name;
    private final Issuers issuers;
    private final Map<String, Pending> pendingByIssuer = new HashMap<>();
    private final Map<String, Certified> certifiedByIssuer = new ConcurrentHashMap<>();

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

    /// A key without a certificate. Changed under the lock of its owner.
    private static final class Pending {
        private final KeyPair keys = Keys.generateP256();
        private Duration pause = FIRST_PAUSE;
        private Instant askedAt = Instant.MIN;

        /// A clock that was set back must not silence it.
        boolean isDue(Instant now) {
            return now.isBefore(askedAt) || !now.isBefore(askedAt.plus(pause));
        }

        void asked(Instant now) {
            if (askedAt.isAfter(Instant.MIN)) {
                var longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
            askedAt = now;
        }
    }

    /// Who signs, and from when on the next one is asked for.
    private record Certified(OcspSigner signer, Instant renewAt) {

        boolean isValid(Instant now) {
            var certificate = signer.certificate();
            return !now.isBefore(certificate.getNotBefore().toInstant()) && now.isBefore(end());
        }

        Instant end() {
            return signer.certificate().getNotAfter().toInstant();
        }
    }

    /// What became of a certificate.
    public enum Offer {
        /// It is in use.
        TAKEN,
        /// It is for a key that does not wait for one: of an earlier start, or of another replica of this name.
        NOT_OURS,
        /// Its time has not come, or is over: one of the clocks is wrong.
        NOT_VALID_NOW
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
                if (pending.isDue(now)) {
                    pending.asked(now);
                    wanted.add(new Wanted(name, issuer.keyId(), CertificationRequests.create(pending.keys, name)));
                }
            }
        }
        return wanted;
    }

    private static boolean isValid(IssuingCertificate issuer, Instant now) {
        return !now.isBefore(issuer.notBefore()) && now.isBefore(issuer.notAfter());
    }

    /// One that ends with its CA has no successor.
    private boolean isDue(IssuingCertificate issuer, Instant now) {
        var certified = certifiedByIssuer.get(issuer.keyId());
        return certified == null
                || !certified.isValid(now)
                || (!now.isBefore(certified.renewAt()) && certified.end().isBefore(issuer.notAfter()));
    }

    /// Takes a certificate into use, when it is for a key that waits for one.
    ///
    /// @throws MalformedException when it is for such a key, and not what a responder needs
    public synchronized Offer offer(String issuerKeyId, X509Certificate certificate, Instant now)
            throws MalformedException {
        var pending = pendingByIssuer.get(issuerKeyId);
        if (pending == null || !pending.keys.getPublic().equals(certificate.getPublicKey())) {
            return Offer.NOT_OURS;
        }
        var issuer = issuers.ofKeyId(issuerKeyId)
                .orElseThrow(() -> new MalformedException("issuerKeyId", "is " + issuerKeyId + ", no CA of here"));
        OcspSigner signer;
        try {
            certificate.verify(issuer.publicKey());
            if (!List.of(KeyPurpose.OCSP_SIGNING).equals(certificate.getExtendedKeyUsage())) {
                throw new MalformedException("certificate", "is not one of an OCSP responder");
            }
            signer = OcspSigner.of(certificate, pending.keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new MalformedException("certificate", "is not one that " + issuerKeyId + " has signed", e);
        }
        var end = certificate.getNotAfter().toInstant();
        var certified =
                new Certified(signer, now.plus(Duration.between(now, end).dividedBy(2)));
        if (!certified.isValid(now)) {
            return Offer.NOT_VALID_NOW;
        }
        pendingByIssuer.remove(issuerKeyId);
        certifiedByIssuer.put(issuerKeyId, certified);
        return Offer.TAKEN;
    }

    /// Who signs for a CA now; empty while there is nobody.
    public Optional<OcspSigner> signer(String issuerKeyId, Instant now) {
        return Optional.ofNullable(certifiedByIssuer.get(issuerKeyId))
                .filter(certified -> certified.isValid(now))
                .map(Certified::signer);
    }

    /// For an operator, by CA: until when its responder is certified, or that it is not.
    public Map<String, String> facts(Instant now) {
        var facts = new TreeMap<String, String>();
        for (var issuer : issuers.all()) {
            facts.put(
                    issuer.keyId(),
                    signer(issuer.keyId(), now)
                            .map(signer -> "certified until "
                                    + signer.certificate().getNotAfter().toInstant())
                            .orElse("waits for a certificate: see whether issuer is ready, and its dead letters"));
        }
        return facts;
    }
}
