package dev.evenroll.gateway.http;

import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.util.Base64;

/// Requests as bytes on the wire.
final class Requests {

    static final String SIMPLEENROLL = "/.well-known/est/simpleenroll";
    static final String CACERTS = "/.well-known/est/cacerts";

    private Requests() {}

    /// A well-formed CSR in base64 on one line.
    static String csr(String deviceId) {
        return Base64.getEncoder()
                .encodeToString(CertificationRequests.create(Keys.generateP256(), deviceId, "Operator")
                        .bytes());
    }

    /// A header block: the lines and the empty one.
    static String header(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields(headers) + "\r\n";
    }

    /// With the media type of a CSR and the length of the body.
    static String post(String path, String body, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pkcs10\r\nContent-Length: "
                + body.length() + "\r\n" + fields(headers) + "\r\n" + body;
    }

    private static String fields(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }
}
