package dev.evenroll.cli.est;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.cms.CertsOnly;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// Answers in the wire profile, for tests.
public final class Answers {

    private static final String CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only";

    private Answers() {}

    public static String certificates(List<X509Certificate> certificates) {
        return certificates(
                CertsOnly.encode(certificates.stream().map(Certificates::der).toList()));
    }

    static String certificates(Der pkcs7) {
        return answer(
                200, CERTS_ONLY, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs7.bytes()));
    }

    public static String text(int status, String text) {
        return answer(status, "text/plain; charset=utf-8", text);
    }

    public static String later(String retryAfter) {
        return "HTTP/1.1 202 Accepted\r\nRetry-After: " + retryAfter + "\r\nContent-Length: 0\r\n\r\n";
    }

    static String answer(int status, String mediaType, String text) {
        var body = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + mediaType
                + "\r\nContent-Transfer-Encoding: base64\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
