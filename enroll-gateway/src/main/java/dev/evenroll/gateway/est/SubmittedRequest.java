package dev.evenroll.gateway.est;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.CertificationRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The body of simpleenroll or simplereenroll: a PKCS#10 request in base64 (RFC 7030 section 4.2.1, RFC 8951
/// section 2.1).
///
/// Base64 may be broken into lines anywhere; nothing but white space and base64 may stand in the body.
public sealed interface SubmittedRequest {

    /// Largest body, in bytes: a request of 16 KiB in base64, broken into lines, with room.
    int MAXIMUM_BYTES = 24 * 1024;

    /// The only media type of a body.
    String MEDIA_TYPE = "application/pkcs10";

    /// How PEM begins.
    String PEM_BEGIN = "-----BEGIN";

    /// As much of an object identifier as is said back, in characters.
    int LONGEST_TYPE = 64;

    /// A request that can be handed on to be judged.
    ///
    /// @param request the request
    /// @param device the device that it names: the common name of its subject
    record WellFormed(CertificationRequest request, DeviceId device) implements SubmittedRequest {}

    /// No request.
    ///
    /// @param reason why, in a sentence that names the part
    record Malformed(String reason) implements SubmittedRequest {}

    /// Whether a `Content-Type` is that of a request; parameters are passed over.
    static boolean isMediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /// Reads a body.
    static SubmittedRequest read(byte[] body) {
        try {
            return judge(CertificationRequest.decode(base64("request body", body)));
        } catch (MalformedException e) {
            return new Malformed(e.getMessage() + ".");
        }
    }

    /// Reads a request from a text: PEM, or base64 of its DER.
    static SubmittedRequest readText(String text) {
        try {
            return judge(CertificationRequest.decode(
                    text.stripLeading().startsWith(PEM_BEGIN)
                            ? Pem.decodeCertificationRequest(text)
                            : base64("text", text.getBytes(StandardCharsets.UTF_8))));
        } catch (MalformedException e) {
            return new Malformed(e.getMessage() + ".");
        }
    }

    private static SubmittedRequest judge(CertificationRequest request) {
        var attribute = attributeProblem(request);
        if (attribute.isPresent()) {
            return new Malformed(attribute.get());
        }
        var name = request.commonName();
        if (name.isEmpty()) {
            return new Malformed("certification request: its subject has no single common name (CN);"
                    + " put the serial number of the device there, once.");
        }
        var problem = DeviceId.problemWith(name.get());
        return problem.isPresent()
                ? new Malformed("certification request: common name (CN): "
                        + problem.get().message() + ".")
                : new WellFormed(request, new DeviceId(name.get()));
    }

    /// What the request carries is kept for years where many can read it, so only what is known to
    /// be no secret may stand in it: evidence of a TPM is none, and csr-validator judges it.
    private static Optional<String> attributeProblem(CertificationRequest request) {
        var others = request.otherAttributes();
        if (others.contains(CertificationRequest.CHALLENGE_PASSWORD)) {
            return Optional.of("certification request: carries a challengePassword, which would be readable on the"
                    + " topics; leave it out.");
        }
        return others.stream()
                .filter(type -> !type.equals(CertificationRequest.ATTESTATION))
                .findFirst()
                .map(type -> "certification request: carries the attribute " + shortened(type)
                        + ", which is not known here; leave out all attributes but extensionRequest and"
                        + " id-aa-attestation.");
    }

    private static String shortened(String type) {
        return type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE) + "...";
    }

    private static Der base64(String field, byte[] body) throws MalformedException {
        var text = withoutWhiteSpace(body);
        if (text.length == 0) {
            throw new MalformedException(field, "is empty; send the PKCS#10 request in base64");
        }
        try {
            return Der.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(field, advice(text), e);
        }
    }

    private static String advice(byte[] text) {
        var begin = PEM_BEGIN.getBytes(StandardCharsets.US_ASCII);
        return Arrays.mismatch(text, begin) == begin.length
                ? "is PEM; send only the base64 between the BEGIN and the END line"
                : "is not base64; send the PKCS#10 request (DER) in base64 (RFC 8951 section 2.1)";
    }

    private static byte[] withoutWhiteSpace(byte[] body) {
        var text = new ByteArrayOutputStream(body.length);
        for (byte character : body) {
            if (character != ' ' && character != '\t' && character != '\r' && character != '\n') {
                text.write(character);
            }
        }
        return text.toByteArray();
    }
}
