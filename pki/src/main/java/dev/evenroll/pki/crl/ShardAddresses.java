package dev.evenroll.pki.crl;

import dev.evenroll.pki.identity.ShardOfSerial;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.UrlTemplate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Under which addresses the certificates of a set of profiles name the revocation lists of a CA: the number of
/// lists (shards), the names of each, and which list a certificate belongs to.
///
/// Who prepares a list and who signs it build it from the same profiles, so that a list names itself as the
/// certificates do (RFC 5280 section 5.2.5).
public final class ShardAddresses {
    private static final String FILE = ".crl";
    private static final String DELTA = "-delta";

    private final int shards;
    private final List<UrlTemplate> templates;

    private ShardAddresses(int shards, List<UrlTemplate> templates) {
        this.shards = shards;
        this.templates = templates;
    }

    /// Those of these profiles.
    ///
    /// @throws IllegalArgumentException when they do not agree on the number of lists
    public static ShardAddresses of(Collection<Profile> profiles) {
        var counts = profiles.stream().map(Profile::shards).distinct().toList();
        if (counts.size() != 1) {
            throw new IllegalArgumentException(
                    "shards: are " + counts + " in different profiles; a CA has one number of revocation lists");
        }
        var templates = profiles.stream()
                .flatMap(profile -> profile.crlDistributionPoint().stream())
                .distinct()
                .toList();
        // Lists without a name could not say which part of the certificates they speak of.
        return new ShardAddresses(templates.isEmpty() ? 1 : counts.getFirst(), templates);
    }

    /// How many lists a CA has for the certificates that are issued now.
    public int shards() {
        return shards;
    }

    /// The URLs of a list, in the order of the profiles; empty when no certificate names a list.
    public List<String> of(String issuerKeyId, int shard) {
        return templates.stream()
                .map(template -> template.fill(issuerKeyId, shard))
                .distinct()
                .toList();
    }

    /// The URL of its delta list: `-delta` before the ending `.crl` of the first one, or at its end. Empty when no
    /// certificate names a list.
    public Optional<String> delta(String issuerKeyId, int shard) {
        return of(issuerKeyId, shard).stream()
                .findFirst()
                .map(url -> url.endsWith(FILE)
                        ? url.substring(0, url.length() - FILE.length()) + DELTA + FILE
                        : url + DELTA);
    }

    /// The list that a certificate belongs to: that which it names, for relying parties look nowhere else. Only for a
    /// certificate that names none of these is it computed ([ShardOfSerial]).
    ///
    /// @param issuerKeyId key id of the CA that issued the certificate
    public int shardOf(X509Certificate certificate, String issuerKeyId) {
        int computed = ShardOfSerial.number(certificate.getSerialNumber(), shards);
        return CrlAddresses.of(certificate)
                .filter(named -> !of(issuerKeyId, computed).contains(named))
                .map(named -> IntStream.range(0, ShardOfSerial.MOST_SHARDS)
                        .filter(shard -> of(issuerKeyId, shard).contains(named))
                        .findFirst()
                        .orElse(computed))
                .orElse(computed);
    }
}
