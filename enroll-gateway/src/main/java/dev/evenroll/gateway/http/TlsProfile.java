package dev.evenroll.gateway.http;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The options of the EST server: TLS 1.3, and 1.2 with ephemeral keys and authenticated encryption only;
/// HTTP/1.1 only.
final class TlsProfile {

    /// Longest request line; ours are under 60 characters.
    private static final int REQUEST_LINE_BYTES = 1024;
    /// All header fields together.
    private static final int HEADER_BYTES = 8 * 1024;

    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsProfile() {}

    static HttpServerOptions options(EstServer.Settings settings) {
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(settings.credential().keyManager()))
                .setTrustOptions(TrustOptions.wrap(new DeferredTrust()))
                .setClientAuth(ClientAuth.REQUEST)
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2")))
                .setSslHandshakeTimeout(HANDSHAKE_LIMIT.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                // HTTP/2 is outside the profile, so it is not offered.
                .setUseAlpn(false)
                .setAlpnVersions(List.of())
                .setMaxInitialLineLength(REQUEST_LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES)
                .setCompressionSupported(false)
                // The backstop for a client that does not read its answer; all else ends by ConnectionDeadline.
                .setIdleTimeout(Math.toIntExact(settings.answerLimit()
                        .plus(settings.requestLimit())
                        .multipliedBy(2)
                        .toSeconds()));
        CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
        return options;
    }
}
