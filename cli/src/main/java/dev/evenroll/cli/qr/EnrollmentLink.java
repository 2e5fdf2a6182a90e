package dev.evenroll.cli.qr;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is needed to enroll one device once, in one line:
///
/// ```
/// link   = "evenroll:enroll?server=" server "&device=" device "&token=" token
/// server = https URL of the EST server, without the /.well-known/est, percent-encoded
/// device = serial number
/// token  = one-time token, 32 characters with or without hyphens
/// ```
///
/// Parameters may stand in any order; unknown ones are passed over. It holds a secret.
///
/// @param server `https://host:port`
public record EnrollmentLink(URI server, DeviceId device, OneTimeToken token) {

    /// How a link begins.
    public static final String SCHEME = "evenroll:";

    private static final String BEGIN = SCHEME + "enroll?";
    private static final int LONGEST = 2_000;

    /// The link itself, secret included.
    public String text() {
        return BEGIN + "server=" + escape(server.toString()) + "&device=" + escape(device.value()) + "&token="
                + token.text();
    }

    /// Reads a link; empty when it is none.
    public static Optional<EnrollmentLink> read(String text) {
        if (!text.startsWith(BEGIN) || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var values = values(text.substring(BEGIN.length()));
            var server = URI.create(values.getOrDefault("server", ""));
            var device = values.getOrDefault("device", "");
            if (!"https".equals(server.getScheme())
                    || server.getHost() == null
                    || DeviceId.problemWith(device).isPresent()) {
                return Optional.empty();
            }
            return OneTimeToken.read(values.getOrDefault("token", ""))
                    .map(token -> new EnrollmentLink(server, new DeviceId(device), token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> values(String query) {
        var values = new HashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Hides the secret.
    @Override
    public String toString() {
        return "EnrollmentLink[" + server + ", " + device + "]";
    }
}
