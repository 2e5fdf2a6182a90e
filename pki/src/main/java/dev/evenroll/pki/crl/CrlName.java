package dev.evenroll.pki.crl;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which revocation list of a CA: the key of its records, and the name of its file.
///
/// @param issuerKeyId subjectKeyIdentifier of the CA in lower-case hexadecimal digits
/// @param shard number of the shard, from 0
/// @param delta whether it is the delta list of the shard
public record CrlName(String issuerKeyId, int shard, boolean delta) {
    private static final String DELTA = "-delta";
    private static final Pattern KEY = Pattern.compile("([0-9a-f]{2,128})-(0|[1-9][0-9]{0,8})(-delta)?");

    /// Reads what [#key] wrote.
    public static Optional<CrlName> parse(String key) {
        var matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(
                        new CrlName(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3) != null))
                : Optional.empty();
    }

    /// Issuer's key id, `-`, number, and `-delta` for a delta list.
    public String key() {
        return issuerKeyId + "-" + shard + (delta ? DELTA : "");
    }

    @Override
    public String toString() {
        return key();
    }
}
