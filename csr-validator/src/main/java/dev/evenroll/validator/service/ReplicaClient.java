package dev.evenroll.validator.service;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Makes the client with which replicas ask each other.
final class ReplicaClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private ReplicaClient() {}

    /// @param anchor PEM of the CA that certifies the administration listeners; empty for the CAs that the
    ///     JDK trusts
    /// @throws IllegalArgumentException when it can not be used, with the name of the property and the reason
    static HttpClient of(Optional<Path> anchor) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER);
        anchor.ifPresent(file -> client.sslContext(trusting(file)));
        return client.build();
    }

    private static SSLContext trusting(Path file) {
        try {
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (var certificate : Pem.decodeCertificates(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                anchors.setCertificateEntry("anchor-" + anchors.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | MalformedException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "evenroll.advertised-anchor: the CA certificate in " + file + " can not be used (" + e.getMessage()
                            + "); set it to a PEM file of the CA that certifies the administration listeners.",
                    e);
        }
    }
}
