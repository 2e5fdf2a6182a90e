package dev.evenroll.gateway.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A connection of the EST server to itself: TLS with a client certificate, `cacerts`, the status.
///
/// The first handshake of a process takes seconds, for class loading; the server pays for it here, before it
/// reports ready.
final class SelfConnection {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REQUEST =
            "GET /.well-known/est/cacerts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private SelfConnection() {}

    /// @throws IllegalStateException when the server does not answer as it should
    static void make(String host, int port, ServerCredential credential) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {credential.keyManager()},
                    new TrustManager[] {new OnlyOurselves(credential.certificate())},
                    null);
            for (var protocol : List.of("TLSv1.3", "TLSv1.2")) {
                get(context, protocol, address(host), port);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The EST server does not answer itself on " + host + ":" + port + " (" + e.getMessage()
                            + "); check evenroll.est.certificate and evenroll.est.key.",
                    e);
        }
    }

    private static InetAddress address(String host) throws IOException {
        var address = InetAddress.getByName(host);
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }

    private static void get(SSLContext context, String protocol, InetAddress address, int port) throws IOException {
        var limitMillis = Math.toIntExact(LIMIT.toMillis());
        try (var tcp = new Socket()) {
            tcp.connect(new InetSocketAddress(address, port), limitMillis);
            tcp.setSoTimeout(limitMillis);
            try (var tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", port, true)) {
                tls.setEnabledProtocols(new String[] {protocol});
                tls.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                var answer = new String(tls.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (!answer.startsWith("HTTP/1.1 200 ")) {
                    throw new IOException("the answer begins with \""
                            + answer.lines().findFirst().orElse("") + "\"");
                }
            }
        }
    }

    /// Trusts one certificate: our own.
    private static final class OnlyOurselves extends X509ExtendedTrustManager {
        private final X509Certificate ourselves;

        OnlyOurselves(X509Certificate ourselves) {
            this.ourselves = ourselves;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!chain[0].equals(ourselves)) {
                throw new CertificateException("another server answers on our port");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
