package dev.evenroll.e2e.client;

import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.Der;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.est.ESTAuth;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JcaJceUtils;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/// Bouncy Castle's `ESTService`, as a device uses it.
public final class BouncyCastleDevice {

    static {
        // Bouncy Castle's client looks its own provider up by name.
        Security.addProvider(new BouncyCastleProvider());
    }

    /// Authenticated by the TLS handshake alone.
    private static final ESTAuth NO_PASSWORD = request -> {};

    private final ESTService service;

    public BouncyCastleDevice(URI est, X509Certificate anchor, ClientIdentity identity)
            throws GeneralSecurityException, IOException {
        var trust = JcaJceUtils.getCertPathTrustManager(Set.of(new TrustAnchor(anchor, null)), null);
        this.service = new JsseESTServiceBuilder(est.getHost(), est.getPort(), trust)
                .withKeyManagers(keyManagers(identity))
                .withTimeout(30_000)
                // The chain is verified by the trust manager; the name of a local stack's server is an address.
                .withHostNameAuthorizer((name, session) -> true)
                .build();
    }

    /// RFC 7030 section 4.1.
    public List<X509Certificate> caCertificates() throws Exception {
        return certificates(ESTService.storeToArray(service.getCACerts().getCertificateStore()));
    }

    /// RFC 7030 section 4.2.1.
    public X509Certificate enrolls(Der request) throws Exception {
        return certificate(service.simpleEnroll(false, new PKCS10CertificationRequest(request.bytes()), NO_PASSWORD));
    }

    /// RFC 7030 section 4.2.2.
    public X509Certificate renews(Der request) throws Exception {
        return certificate(service.simpleEnroll(true, new PKCS10CertificationRequest(request.bytes()), NO_PASSWORD));
    }

    private static X509Certificate certificate(EnrollmentResponse response) throws CertificateException {
        if (!response.isCompleted()) {
            throw new AssertionError("the server answered 202; not before " + response.getNotBefore());
        }
        return certificates(ESTService.storeToArray(response.getStore())).getFirst();
    }

    private static List<X509Certificate> certificates(X509CertificateHolder[] holders) throws CertificateException {
        var converter = new JcaX509CertificateConverter();
        var certificates = new ArrayList<X509Certificate>();
        for (var holder : holders) {
            certificates.add(converter.getCertificate(holder));
        }
        return List.copyOf(certificates);
    }

    private static KeyManager[] keyManagers(ClientIdentity identity) throws GeneralSecurityException, IOException {
        var password = UUID.randomUUID().toString().toCharArray();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("device", identity.key(), password, identity.chain().toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }
}
