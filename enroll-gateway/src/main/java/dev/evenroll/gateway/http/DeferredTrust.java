package dev.evenroll.gateway.http;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets every client certificate through the TLS handshake, so that it is judged at the request and answered
/// in words.
///
/// The handshake still proves that the client holds the key of its certificate (CertificateVerify). Whoever
/// reads the certificates of a connection must have them judged by
/// [dev.evenroll.gateway.authentication.Authentication]: without that they say nothing. In the handshake a
/// refusal could only be an alert, which no installer understands, a chain verified there would not be
/// verified again while the connection or its TLS session lives on, and a certificate that nobody trusts would hinder
/// the device that has a one-time token.
final class DeferredTrust extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw serversAreNotOurs();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw serversAreNotOurs();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw serversAreNotOurs();
    }

    /// None: the names of our trust anchors are not told to whoever connects, and clients then offer what
    /// they have, be it of a manufacturer, of ours or of a registration authority, whose anchors change while
    /// connections are open.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static UnsupportedOperationException serversAreNotOurs() {
        return new UnsupportedOperationException("This trust manager is for a server; it verifies no server.");
    }
}
