package dev.evenroll.hsm.pkcs11;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Which key, in which token, and how it is used.
///
/// @param module the token's PKCS#11 library
/// @param tokenLabel label of the token; slot numbers may change, labels do not
/// @param keyLabel CKA_LABEL of the private key
/// @param pinFile the user PIN, one line; only its owner may read it
/// @param sessions how many signatures are asked for at a time
/// @param slowAfter when a call is said to be slow
/// @param initArguments what NSS takes at C_Initialize; empty for other libraries
public record Pkcs11Settings(
        Path module,
        String tokenLabel,
        String keyLabel,
        Path pinFile,
        int sessions,
        Duration slowAfter,
        String initArguments) {

    private static final int LONGEST_TOKEN_LABEL = 32;
    private static final int MOST_SESSIONS = 256;

    public Pkcs11Settings {
        if (tokenLabel.isBlank() || tokenLabel.getBytes(StandardCharsets.UTF_8).length > LONGEST_TOKEN_LABEL) {
            throw new IllegalArgumentException("token-label: \"" + tokenLabel + "\" is not 1 to " + LONGEST_TOKEN_LABEL
                    + " bytes long; give the label that the token has.");
        }
        if (keyLabel.isBlank()) {
            throw new IllegalArgumentException("key-label: is empty; give the label of the private key.");
        }
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw new IllegalArgumentException("sessions: " + sessions + " is not 1 to " + MOST_SESSIONS
                    + "; give the number of signatures that the token makes at a time.");
        }
        if (!slowAfter.isPositive()) {
            throw new IllegalArgumentException("slow-after: " + slowAfter + " is not positive; give for example 2s.");
        }
    }

    /// The token, as sentences name it.
    String token() {
        return "token \"" + tokenLabel + "\"";
    }

    /// The key, as sentences name it.
    public String key() {
        return "key \"" + keyLabel + "\" in the " + token();
    }
}
