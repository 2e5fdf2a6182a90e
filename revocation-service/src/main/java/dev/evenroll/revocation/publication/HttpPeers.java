package dev.evenroll.revocation.publication;

import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.revocation.ocsp.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The other replicas over plain HTTP. What they say is signed, and whoever is between can do no more than keep it
/// back.
public final class HttpPeers implements Peers, AutoCloseable {

    /// Says that a replica asks, so that it is answered there or not at all.
    static final String PASSED_ON = "Evenroll-Passed-On";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    /// A client waits.
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// The limit is for the whole answer: that of an HttpRequest ends with the header fields.
    @Override
    public CompletableFuture<byte[]> ask(URI replica, OcspRequest request) {
        HttpRequest question;
        try {
            question = HttpRequest.newBuilder(replica.resolve("/ocsp"))
                    .timeout(LIMIT)
                    .header(PASSED_ON, "true")
                    .header("Content-Type", "application/ocsp-request")
                    .POST(BodyPublishers.ofByteArray(request.encode()))
                    .build();
        } catch (IllegalArgumentException e) {
            // Another replica says where it is.
            return CompletableFuture.failedFuture(e);
        }
        var exchange =
                client.sendAsync(question, BodyHandlers.limiting(BodyHandlers.ofByteArray(), OcspAnswer.LONGEST));
        return exchange.copy()
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                    }
                })
                .thenCompose(HttpPeers::body);
    }

    private static CompletableFuture<byte[]> body(HttpResponse<byte[]> response) {
        return response.statusCode() == OK
                ? CompletableFuture.completedFuture(response.body())
                : CompletableFuture.failedFuture(
                        new IOException("It answered with HTTP status " + response.statusCode()));
    }

    @Override
    public void close() {
        client.close();
    }
}
