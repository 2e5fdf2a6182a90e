package dev.evenroll.e2e.bench;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.request.CertificationRequest;
import java.lang.management.ManagementFactory;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;

/// What no pipeline can do without: verify the proof of possession of a request, sign a certificate, verify the
/// signature. Bare: what is verified and signed was decoded and prepared before, and the functions are those that the
/// services call.
///
/// @param requests decoded, each with a key of its own
/// @param tbs TBSCertificates to sign, one for each request
/// @param signer the CA's key
/// @param issuer to verify with
record CryptoFloor(List<CertificationRequest> requests, List<Der> tbs, Signer signer, IssuingCertificate issuer) {

    private static final int KEYS = 500;
    private static final int WARM_UPS = 20;

    /// Signs with the CA's key.
    @FunctionalInterface
    interface Signer {
        byte[] sign(Der tbs) throws Exception;
    }

    CryptoFloor {
        requests = List.copyOf(requests);
        tbs = List.copyOf(tbs);
    }

    /// Makes requests and certificates to measure with, and calls everything until it is compiled.
    ///
    /// @param signer the key of the issuer
    /// @param thorough or only once, when the figure does not matter
    static CryptoFloor prepare(Signer signer, IssuingCertificate issuer, CertificateAuthority other, boolean thorough)
            throws Exception {
        var keys = thorough ? KEYS : 1;
        var requests = new ArrayList<CertificationRequest>();
        var tbs = new ArrayList<Der>();
        for (var n = 0; n < keys; n++) {
            var pair = Keys.generateP256();
            requests.add(decode(CertificationRequests.create(pair, BulkRegistration.deviceId(n), "Stadtwerke")));
            tbs.add(tbs(other.issueIdevid("simulated", BulkRegistration.deviceId(n), pair.getPublic())));
        }
        var floor = new CryptoFloor(requests, tbs, signer, issuer);
        for (var n = 0; n < (thorough ? WARM_UPS : 0); n++) {
            var _ = floor.micros();
        }
        return floor;
    }

    private static CertificationRequest decode(Der request) throws MalformedException {
        return CertificationRequest.decode(request);
    }

    private static Der tbs(java.security.cert.X509Certificate certificate) throws CertificateEncodingException {
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
        var signature = signer.sign(certificate);
        if (!issuer.scheme().verifies(issuer.publicKey(), certificate, signature)) {
            throw new IllegalStateException("A signature made here does not verify.");
        }
    }
}
