package dev.evenroll.cli.est;

import dev.evenroll.pki.identity.OneTimeToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a device proves that has no certificate yet: its installer's one-time token, by HTTP Basic (RFC 7030 section
/// 3.2.3, RFC 7617). It is sent over verified TLS only, and without waiting to be asked: the server knows the device by
/// nothing else.
///
/// @param deviceId serial number: the user
public record TokenCredentials(String deviceId, OneTimeToken token) {

    String authorization() {
        var pair = deviceId + ":" + token.text();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }
}
