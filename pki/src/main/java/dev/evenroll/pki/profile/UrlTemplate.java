package dev.evenroll.pki.profile;

/// An http URL in which `{issuer}` stands for the key id of the issuing CA and `{shard}` for the number of the
/// revocation list.
///
/// @param text checked by [ProfileReader]: a URL once both are filled in
public record UrlTemplate(String text) {
    static final String ISSUER = "{issuer}";
    static final String SHARD = "{shard}";

    /// The URL.
    ///
    /// @param issuerKeyId lower-case hexadecimal digits
    public String fill(String issuerKeyId, int shard) {
        return text.replace(ISSUER, issuerKeyId).replace(SHARD, Integer.toString(shard));
    }

    boolean hasShard() {
        return text.contains(SHARD);
    }
}
