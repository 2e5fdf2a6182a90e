package dev.evenroll.revocation.crl;

import java.util.Optional;
import java.util.regex.Pattern;

/// One of the revocation lists of a CA.
///
/// @param issuerKeyId subjectKeyIdentifier of the CA in lower-case hexadecimal digits
/// @param number from 0
public record CrlShard(String issuerKeyId, int number) {

    private static final Pattern KEY = Pattern.compile("([0-9a-f]{2,128})-(0|[1-9][0-9]{0,8})");

    /// Reads what [#key] wrote.
    public static Optional<CrlShard> parse(String key) {
        var matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new CrlShard(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /// Issuer's key id, `-`, number: the key of its records and stores, and the name of its file.
    public String key() {
        return issuerKeyId + "-" + number;
    }

    @Override
    public String toString() {
        return key();
    }
}
