package dev.evenroll.gateway.http;

import dev.evenroll.gateway.TestTrust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS of a client that trusts the test root and may have a certificate.
final class TestTls {

    private static final char[] PASSWORD = "test".toCharArray();

    private TestTls() {}

    static SSLContext context(TestTrust trust, TestTrust.@Nullable Identity identity) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keys(identity), trust(trust).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    static KeyManager[] keys(TestTrust.Identity identity) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client",
                identity.keys().getPrivate(),
                PASSWORD,
                identity.chain().toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    static TrustManagerFactory trust(TestTrust trust) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", trust.root.certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
