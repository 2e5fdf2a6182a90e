package dev.evenroll.gateway.est;

import dev.evenroll.pki.Der;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// How base64 is laid out in an answer. RFC 8951 section 2.1 lets a server choose, and no single
/// choice suits all clients: strongSwan before 6.0 wants one line, libest reads `cacerts` only when
/// it is wrapped.
public enum Base64Form {
    /// Lines of 64 characters, each ended by a line feed: what libest's own server sends.
    WRAPPED,
    /// One line that nothing ends: for the label `unwrapped` ([EstTarget]).
    UNWRAPPED;

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    String encode(Der der) {
        return switch (this) {
            case WRAPPED -> LINES.encodeToString(der.bytes()) + "\n";
            case UNWRAPPED -> der.base64();
        };
    }
}
