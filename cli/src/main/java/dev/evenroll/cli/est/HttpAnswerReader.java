package dev.evenroll.cli.est;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads one HTTP/1.1 response with a Content-Length (RFC 9112).
///
/// ```
/// status-line = "HTTP/1." DIGIT SP 3DIGIT SP [ reason ] CRLF
/// header      = name ":" OWS value OWS CRLF
/// response    = status-line *header CRLF body
/// ```
///
/// As strict as the strictest client in the field: no chunked transfer, header lines of at most 1 KiB together.
final class HttpAnswerReader {

    static final int LARGEST_HEAD_BYTES = 1024;
    static final int LARGEST_BODY_BYTES = 256 * 1024;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private final InputStream in;
    private final int largestBodyBytes;
    private int headBytes;

    HttpAnswerReader(InputStream in) {
        this(in, LARGEST_BODY_BYTES);
    }

    /// @param largestBodyBytes more is not taken
    HttpAnswerReader(InputStream in, int largestBodyBytes) {
        this.in = in;
        this.largestBodyBytes = largestBodyBytes;
    }

    HttpAnswer read() throws IOException {
        int status = status(line());
        var headers = headers();
        if (headers.containsKey("transfer-encoding")) {
            throw new WireException("sent Transfer-Encoding: " + headers.get("transfer-encoding")
                    + ", which chargers do not read; it must send a Content-Length");
        }
        return new HttpAnswer(status, headers, body(headers));
    }

    private static int status(String line) throws WireException {
        var matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new WireException("did not answer in HTTP/1.1; another program may listen there");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new WireException("sent a header line without a name");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        var length = headers.getOrDefault("content-length", "");
        if (!LENGTH.matcher(length).matches()) {
            throw new WireException("sent no usable Content-Length");
        }
        int bytes = Integer.parseInt(length);
        if (bytes > largestBodyBytes) {
            throw new WireException(
                    "announced a body of " + bytes + " bytes; at most " + largestBodyBytes + " are read");
        }
        var body = in.readNBytes(bytes);
        if (body.length < bytes) {
            throw new WireException("ended after " + body.length + " of " + bytes + " bytes of its answer");
        }
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new WireException(
                        headBytes == 0 ? "closed the connection without an answer" : "ended within the header lines");
            }
            if (++headBytes > LARGEST_HEAD_BYTES) {
                throw new WireException(
                        "sent header lines of more than " + LARGEST_HEAD_BYTES + " bytes, which chargers do not read");
            }
            line.append((char) next);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
