package dev.evenroll.cli.est;

import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.cms.CertsOnly;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Reads what the answers of an EST server mean (RFC 7030 sections 4.1.3 and 4.2.3, RFC 8951).
final class EstAnswers {

    private static final String CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only";
    private static final Duration WHEN_NOT_SAID = Duration.ofSeconds(1);
    private static final int LONGEST_TEXT = 4_000;

    private final InstantSource clock;

    EstAnswers(InstantSource clock) {
        this.clock = clock;
    }

    List<X509Certificate> caCertificates(HttpAnswer answer) throws WireException, FaultException {
        if (answer.status() != 200) {
            throw fault("cacerts", answer);
        }
        return certificates(answer);
    }

    EnrollmentAnswer enrollment(HttpAnswer answer, PublicKey key) throws WireException, FaultException {
        int status = answer.status();
        if (status == 200) {
            return new EnrollmentAnswer.Issued(certificateOf(key, certificates(answer)));
        }
        if (status == 202) {
            return new EnrollmentAnswer.Later(retryAfter(answer).orElse(WHEN_NOT_SAID));
        }
        // 408 and 429 say "not now" where the other 4xx say "no" (RFC 9110 section 15.5.9, RFC 6585 section 4).
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            return new EnrollmentAnswer.Refused(status, text(answer));
        }
        throw fault("enrollment", answer);
    }

    private FaultException fault(String operation, HttpAnswer answer) {
        var text = text(answer);
        return new FaultException(
                "The server answered the " + operation + " with " + answer.status()
                        + (text.isEmpty() ? " and no explanation." : ": " + text),
                retryAfter(answer));
    }

    private static List<X509Certificate> certificates(HttpAnswer answer) throws WireException {
        var type = answer.header("content-type").orElse("none");
        if (!type.equals(CERTS_ONLY)) {
            throw new WireException("sent the media type \"" + Printable.line(type) + "\"; chargers take exactly \""
                    + CERTS_ONLY + "\"");
        }
        try {
            var der = Der.of(Base64.getDecoder().decode(answer.body().replaceAll("[\r\n]", "")));
            var certificates = new ArrayList<X509Certificate>();
            for (var certificate : CertsOnly.decode(der)) {
                certificates.add(Certificates.decode(certificate));
            }
            return List.copyOf(certificates);
        } catch (IllegalArgumentException e) {
            throw new WireException("sent a body that is not base64");
        } catch (MalformedException e) {
            throw new WireException("sent a body that is no PKCS #7 with certificates: " + e.getMessage());
        }
    }

    /// A certificate of another key would be useless to the device at best.
    private static X509Certificate certificateOf(PublicKey key, List<X509Certificate> certificates)
            throws WireException {
        return certificates.stream()
                .filter(certificate -> Arrays.equals(certificate.getPublicKey().getEncoded(), key.getEncoded()))
                .findFirst()
                .orElseThrow(() -> new WireException("sent no certificate of the key that was asked for"));
    }

    /// Seconds or a date (RFC 9110 section 10.2.3); nothing when it is neither.
    private Optional<Duration> retryAfter(HttpAnswer answer) {
        return answer.header("retry-after").flatMap(value -> {
            try {
                if (value.matches("[0-9]{1,6}")) {
                    return Optional.of(Duration.ofSeconds(Integer.parseInt(value)));
                }
                var date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
                var wait = Duration.between(clock.instant(), date);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static String text(HttpAnswer answer) {
        var bytes = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        var text = new String(bytes, StandardCharsets.UTF_8).strip();
        return Printable.text(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
    }
}
