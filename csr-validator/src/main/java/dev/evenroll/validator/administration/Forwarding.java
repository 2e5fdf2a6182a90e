package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Passes calls on to the replica that holds what they are about, once, with the caller's own token: what a
/// replica may do for somebody is what he may do himself. Safe for use by many threads.
public final class Forwarding {

    /// Longer than a replica waits for the result of a command.
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final List<String> PASSED_ON = List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ACCEPT,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            Call.IDEMPOTENCY_KEY);
    private static final List<String> PASSED_BACK = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE);

    private final Replicas replicas;
    private final HttpClient client;

    /// @param client trusts the administration listeners of the replicas; owned by the caller
    public Forwarding(Replicas replicas, HttpClient client) {
        this.replicas = replicas;
        this.client = client;
    }

    /// How a call is answered by the replica that holds what it is about.
    interface Here {

        /// Answers it.
        ///
        /// @param body the body of the call
        Response answer(String body) throws CallRefusedException, RegistryUnavailableException;
    }

    /// Answers a call here or has it answered by the replica that holds the key.
    ///
    /// @throws RegistryUnavailableException when that replica can not be asked; the message names it
    Response atOwnerOf(Replicas.Kept kept, String key, Call call, byte[] body, Here here)
            throws CallRefusedException, RegistryUnavailableException {
        // Whom somebody else has sent here is answered here, or not at all: no call goes in circles.
        var owner = call.isForwarded() ? Optional.<URI>empty() : replicas.ownerOf(kept, key);
        return owner.isEmpty() ? here.answer(text(body)) : relayed(answerOf(owner.get(), ask(owner.get(), call, body)));
    }

    /// A body as text.
    ///
    /// @throws CallRefusedException when it is not UTF-8
    static String text(byte[] body) throws CallRefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CallRefusedException(
                    Response.Status.BAD_REQUEST, "The body is not UTF-8; encode it in UTF-8 (RFC 8259 section 8.1).");
        }
    }

    /// Sends a call to another replica, which does not pass it on.
    CompletableFuture<HttpResponse<String>> ask(URI replica, Call call, byte[] body) throws CallRefusedException {
        var request = HttpRequest.newBuilder(address(replica, call.target()))
                .timeout(LIMIT)
                .header(Call.FORWARDED, "true")
                .method(call.method(), publisher(body));
        PASSED_ON.forEach(name -> call.header(name).ifPresent(value -> request.header(name, value)));
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static URI address(URI replica, String target) throws CallRefusedException {
        try {
            return URI.create(replica + target);
        } catch (IllegalArgumentException e) {
            throw new CallRefusedException(
                    Response.Status.BAD_REQUEST,
                    "The path or the query holds characters that may not stand there; escape them with % (RFC 3986).");
        }
    }

    private static BodyPublisher publisher(byte[] body) {
        return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    }

    /// The answer of another replica, once it is there.
    ///
    /// @throws RegistryUnavailableException when there is none; the message names the replica
    static HttpResponse<String> answerOf(URI replica, CompletableFuture<HttpResponse<String>> asked)
            throws RegistryUnavailableException {
        try {
            return asked.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw unanswered(replica, cause.toString());
            }
            throw e;
        }
    }

    /// That a replica did not answer as it has to.
    static RegistryUnavailableException unanswered(URI replica, String reason) {
        return new RegistryUnavailableException("The replica " + replica
                + ", which holds a part of the registry, could not be asked (" + reason
                + "); ask again in a moment, and have that replica looked at if this goes on.");
    }

    private static Response relayed(HttpResponse<String> answer) {
        var response = Response.status(answer.statusCode()).entity(answer.body().isEmpty() ? null : answer.body());
        PASSED_BACK.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> response.header(name, value)));
        return response.build();
    }
}
