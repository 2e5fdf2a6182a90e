package dev.evenroll.e2e.bench;

import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.HashAlgorithm;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspNonce;
import dev.evenroll.pki.ocsp.OcspRequest;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What clients ask an OCSP responder about some certificates: POST requests of HTTP/1.1, as bytes.
///
/// Safe for use by many threads.
final class OcspQuestions {

    private static final int NONCE_BYTES = 32;

    private final List<byte[]> questions;
    private final Kind kind;
    private final AtomicLong nonces = new AtomicLong();

    /// How they are asked.
    enum Kind {
        /// Without a nonce, over connections that stay open.
        PLAIN,
        /// Each with another nonce, so that each answer has to be signed.
        WITH_NONCE,
        /// Without a nonce, each over a connection of its own.
        CLOSING
    }

    private OcspQuestions(List<byte[]> questions, Kind kind) {
        this.questions = questions;
        this.kind = kind;
    }

    /// About certificates of one CA. They are named with SHA-1, as RFC 5019 section 2.1.1 has it and openssl does.
    static OcspQuestions about(IssuingCertificate issuer, List<BigInteger> serialNumbers, Kind kind) {
        var nonce = kind == Kind.WITH_NONCE
                ? Optional.of(OcspNonce.of(new byte[NONCE_BYTES]))
                : Optional.<OcspNonce>empty();
        return new OcspQuestions(
                serialNumbers.stream()
                        .map(number ->
                                new OcspRequest(List.of(OcspCertId.of(HashAlgorithm.SHA1, issuer, number)), nonce))
                        .map(request -> http(request.encode(), kind))
                        .toList(),
                kind);
    }

    private static byte[] http(byte[] request, Kind kind) {
        var head = "POST /ocsp HTTP/1.1\r\nHost: ocsp\r\nContent-Type: application/ocsp-request\r\n"
                + (kind == Kind.CLOSING ? "Connection: close\r\n" : "")
                + "Content-Length: " + request.length + "\r\n\r\n";
        return ByteBuffer.allocate(head.length() + request.length)
                .put(head.getBytes(StandardCharsets.US_ASCII))
                .put(request)
                .array();
    }

    int size() {
        return questions.size();
    }

    /// The bytes to send.
    ///
    /// @param number of the question, which chooses the certificate
    byte[] question(long number) {
        var question = questions.get((int) (number % questions.size()));
        if (kind != Kind.WITH_NONCE) {
            return question;
        }
        // The nonce is the end of a request: the rest need not be encoded again.
        var another = question.clone();
        ByteBuffer.wrap(another).putLong(another.length - Long.BYTES, nonces.incrementAndGet());
        return another;
    }
}
