package dev.evenroll.cli.tls;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A CA and the servers that it certifies, for tests: they ask for a client certificate and take any.
public final class TestTls {

    private static final char[] PASSWORD = "test".toCharArray();

    private final CertificateAuthority authority =
            CertificateAuthority.selfSigned("Test Root", Duration.ofDays(2), InstantSource.system());

    public CertificateAuthority authority() {
        return authority;
    }

    public List<X509Certificate> anchors() {
        return List.of(authority.certificate());
    }

    public SSLContext serverNamed(String dnsName, List<String> addresses) {
        try {
            var key = Keys.generateP256();
            var certificate =
                    authority.issueServer(dnsName, List.of(dnsName), addresses, key.getPublic(), Duration.ofDays(1));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new TakesAny()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A server on this machine.
    public SSLContext server() {
        return serverNamed("localhost", List.of("127.0.0.1"));
    }

    private static final class TakesAny implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("this is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
