package dev.evenroll.cli.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The servers that a client believes: those whose certificate leads to one of a few named anchors (RFC 7030 section
/// 3.6.1, explicit trust anchors).
///
/// Safe for use by many threads.
public final class TrustedServers {

    private final TrustManager[] trustManagers;

    private TrustedServers(TrustManager[] trustManagers) {
        this.trustManagers = trustManagers;
    }

    public static TrustedServers of(List<X509Certificate> anchors) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor-" + i, anchors.get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new TrustedServers(factory.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The trust anchors can not be loaded; run on a complete JDK 25.", e);
        }
    }

    /// TLS for a client that presents this identity, or none. Each call makes a context of its own, with no session
    /// to resume.
    public SSLContext context(Optional<ClientIdentity> identity) {
        try {
            var context = SSLContext.getInstance("TLS");
            var keys = identity.map(some -> new KeyManager[] {new IdentityKeyManager(some)})
                    .orElseGet(() -> new KeyManager[0]);
            context.init(keys, trustManagers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK offers no TLS; run on a complete JDK 25.", e);
        }
    }
}
