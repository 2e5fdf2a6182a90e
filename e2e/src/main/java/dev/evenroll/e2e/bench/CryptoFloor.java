package dev.evenroll.e2e.bench;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.request.CertificationRequest;
import java.lang.management.ManagementFactory;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What no pipeline can do without: verify the proof of possession of a request, sign a certificate, verify the
/// signature. Bare: what is verified and signed was decoded and prepared before, and the functions are those that the
/// services call.
///
/// @param requests decoded, each with a key of its own
/// @param tbs TBSCertificates to sign, one for each request
/// @param key the CA's key
record CryptoFloor(List<CertificationRequest> requests, List<Der> tbs, CaKeyAtHand key) {

    private static final int KEYS = 500;
    private static final int WARM_UPS = 20;

    CryptoFloor {
        requests = List.copyOf(requests);
        tbs = List.copyOf(tbs);
    }

    /// Makes requests and certificates to measure with, and calls everything until it is compiled.
    ///
    /// @param key of the CA
    /// @param thorough or only once, when the figure does not matter
    static CryptoFloor prepare(CaKeyAtHand key, boolean thorough) throws Exception {
        var keys = thorough ? KEYS : 1;
        var any = CertificateAuthority.selfSigned("any", Duration.ofDays(1), InstantSource.system());
        var requests = new ArrayList<CertificationRequest>();
        var tbs = new ArrayList<Der>();
        for (var n = 0; n < keys; n++) {
            var pair = Keys.generateP256();
            requests.add(decode(CertificationRequests.create(pair, BulkRegistration.deviceId(n), "Stadtwerke")));
            tbs.add(tbs(any.issueIdevid("any", BulkRegistration.deviceId(n), pair.getPublic())));
        }
        var floor = new CryptoFloor(requests, tbs, key);
        for (var n = 0; n < (thorough ? WARM_UPS : 0); n++) {
            var _ = floor.micros();
        }
        return floor;
    }

    private static CertificationRequest decode(Der request) throws MalformedException {
        return CertificationRequest.decode(request);
    }

    private static Der tbs(X509Certificate certificate) throws CertificateEncodingException {
        return Der.of(certificate.getTBSCertificate());
    }

    /// One round: CPU microseconds of this thread for one certificate.
    double micros() throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        for (var n = 0; n < requests.size(); n++) {
            once(requests.get(n), tbs.get(n));
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1_000.0 / requests.size();
    }

    private void once(CertificationRequest request, Der certificate) throws Exception {
        if (!request.provesPossession()) {
            throw new IllegalStateException("A request made here does not prove possession of its key.");
        }
        var signature = key.key().sign(certificate.bytes());
        if (!key.issuer().verifies(certificate, signature)) {
            throw new IllegalStateException("A signature made here does not verify.");
        }
    }
}
