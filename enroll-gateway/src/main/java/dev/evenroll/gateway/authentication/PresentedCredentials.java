package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request says of its requester in the header field `Authorization` (RFC 9110 section 11.6.2): HTTP Basic
/// (RFC 7617) with the id of the device as user and an installer's one-time token as password.
///
/// Nothing of the field is ever said back: a token may stand anywhere in it, also where the user belongs.
public sealed interface PresentedCredentials {

    /// There is no such field.
    record None() implements PresentedCredentials {}

    /// It reads like a device and a token.
    record Token(TokenHolder holder) implements PresentedCredentials {}

    /// It does not.
    ///
    /// @param reason why, in a sentence that tells what to send
    record Unusable(String reason) implements PresentedCredentials {}

    /// Reads the values of all header fields of that name.
    static PresentedCredentials read(List<String> fields) {
        if (fields.isEmpty()) {
            return new None();
        }
        if (fields.size() > 1) {
            return new Unusable("Authorization: is there " + fields.size() + " times; send it once.");
        }
        var parts = fields.getFirst().strip().split(" +", 2);
        if (!parts[0].toLowerCase(Locale.ROOT).equals("basic") || parts.length < 2) {
            return new Unusable("Authorization: is not HTTP Basic (RFC 7617); " + Grammar.ADVICE);
        }
        var pair = Grammar.decode(parts[1]);
        if (pair == null) {
            return new Unusable("Authorization: is not base64 behind the word Basic; " + Grammar.ADVICE);
        }
        var colon = pair.indexOf(':');
        if (colon < 0) {
            return new Unusable("Authorization: has no colon between user and password; " + Grammar.ADVICE);
        }
        return Grammar.credentials(pair.substring(0, colon), pair.substring(colon + 1));
    }

    /// The parts of the field.
    final class Grammar {
        private static final String ADVICE = "send the device id as user and the one-time token as password.";

        private Grammar() {}

        private static PresentedCredentials credentials(String user, String password) {
            if (DeviceId.problemWith(user).isPresent()) {
                return new Unusable("Authorization: the user is no device id; " + ADVICE);
            }
            Optional<OneTimeToken> token = OneTimeToken.read(password);
            return token.isPresent()
                    ? new Token(new TokenHolder(new DeviceId(user), token.get().sha256()))
                    : new Unusable("Authorization: the password is not shaped like a one-time token (32 letters and"
                            + " digits, in groups of four); type it as it was shown, or have a new one made.");
        }

        /// Null when it is not base64. The decoder's exception would tell a character of it.
        private static @Nullable String decode(String base64) {
            try {
                return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.ISO_8859_1);
            } catch (IllegalArgumentException _) {
                return null;
            }
        }
    }
}
