package dev.evenroll.revocation.connection.http;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The client's certificate, as TLS fronts hand it on.
final class PresentedCertificate {

    static final String NGINX_HEADER = "X-SSL-Client-Cert";
    static final String ENVOY_HEADER = "X-Forwarded-Client-Cert";

    /// An RSA certificate of 4096 bits has some 2,500 characters in PEM, a chain of three, percent-encoded, 12,000.
    static final int LONGEST = 16 * 1024;

    private PresentedCertificate() {}

    /// nginx: `$ssl_client_escaped_cert`, the certificate in PEM, percent-encoded.
    ///
    /// @param value of the header; empty when the client presented none
    static Optional<X509Certificate> ofNginx(String value) throws MalformedException {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(pem(PercentEncoding.decode(bounded(value, NGINX_HEADER), NGINX_HEADER), NGINX_HEADER));
    }

    /// Envoy: the pair `Cert` of the only element of x-forwarded-client-cert, in PEM, percent-encoded.
    ///
    /// Several elements are refused: that a proxy before this one has added something means that the front does not
    /// replace what comes from outside (`forward_client_cert_details: SANITIZE_SET`).
    ///
    /// ```
    /// header  = element *( "," element )
    /// element = pair *( ";" pair )
    /// pair    = key "=" ( token / DQUOTE *( char / "\" char ) DQUOTE )
    /// ```
    ///
    /// @param value of the header; empty when the client presented no certificate
    static Optional<X509Certificate> ofEnvoy(String value) throws MalformedException {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> certificate = Optional.empty();
        for (var pair : pairs(bounded(value, ENVOY_HEADER))) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new MalformedException(ENVOY_HEADER, "holds a pair without \"=\"; set it by Envoy alone");
            }
            if (pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("cert")) {
                if (certificate.isPresent()) {
                    throw new MalformedException(ENVOY_HEADER, "holds Cert twice; set it by Envoy alone");
                }
                certificate = Optional.of(pair.substring(equals + 1).strip());
            }
        }
        var encoded = certificate.orElseThrow(() -> new MalformedException(
                ENVOY_HEADER, "holds no Cert; set set_current_client_cert_details: { cert: true } in Envoy"));
        return Optional.of(pem(PercentEncoding.decode(encoded, ENVOY_HEADER), ENVOY_HEADER));
    }

    /// The pairs of the only element, without quotes and escapes.
    private static List<String> pairs(String value) throws MalformedException {
        var pairs = new ArrayList<String>();
        var pair = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            if (next == '"') {
                quoted = !quoted;
            } else if (quoted && next == '\\' && i + 1 < value.length()) {
                i++;
                pair.append(value.charAt(i));
            } else if (!quoted && next == ';') {
                pairs.add(pair.toString());
                pair.setLength(0);
            } else if (!quoted && next == ',') {
                throw new MalformedException(
                        ENVOY_HEADER,
                        "holds more than one element; set forward_client_cert_details: SANITIZE_SET in Envoy");
            } else {
                pair.append(next);
            }
        }
        if (quoted) {
            throw new MalformedException(ENVOY_HEADER, "has a quote that does not end; set it by Envoy alone");
        }
        pairs.add(pair.toString());
        return pairs;
    }

    /// The body of a request: PEM, the client's certificate first.
    static X509Certificate ofBody(String body) throws MalformedException {
        return pem(body, "body");
    }

    private static X509Certificate pem(String text, String field) throws MalformedException {
        try {
            return Pem.decodeCertificates(text).getFirst();
        } catch (MalformedException e) {
            throw new MalformedException(field, String.valueOf(e.getMessage()), e);
        }
    }

    private static String bounded(String value, String field) throws MalformedException {
        if (value.length() > LONGEST) {
            throw new MalformedException(
                    field, "has " + value.length() + " characters, at most " + LONGEST + " are looked at");
        }
        return value;
    }
}
