package dev.evenroll.revocation.crl;

import dev.evenroll.pki.issuance.IssuingCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the revocation lists stand, for health: a sentence for each CA, and one for each of the first lists that
/// something is wrong with.
///
/// @param served whether a CA has all its lists, and all are valid. One is enough: a CA that does not sign, the next
///     one or a former one, is no reason to withhold the lists of the others
/// @param facts by `crl.<issuer key id>` and `crl.<issuer key id>-<shard>`
public record ListHealth(boolean served, Map<String, String> facts) {

    /// Shards with something wrong that are told of, of each CA: with a dead issuer it is wrong with all of them.
    private static final int MOST = 3;

    private static final String PREFIX = "crl.";

    public ListHealth {
        facts = Map.copyOf(facts);
    }

    public static ListHealth of(Issuers issuers, PublishedCrls published, UnsignedCrls unsigned, Instant now) {
        var facts = new TreeMap<String, String>();
        boolean served = false;
        for (var issuer : issuers.all()) {
            served |= look(issuer, published, unsigned, now, facts);
        }
        return new ListHealth(served, facts);
    }

    private static boolean look(
            IssuingCertificate issuer,
            PublishedCrls published,
            UnsignedCrls unsigned,
            Instant now,
            Map<String, String> facts) {
        var shards = published.shards(issuer);
        var current = shards.stream()
                .flatMap(shard -> published.find(shard.complete()).stream())
                .filter(list -> list.current(now))
                .toList();
        facts.put(PREFIX + issuer.keyId(), summary(shards.size(), current));
        shards.stream()
                .filter(shard -> published
                        .find(shard.complete())
                        .filter(list -> list.current(now))
                        .isEmpty())
                .limit(MOST)
                .forEach(shard -> facts.put(
                        PREFIX + shard,
                        published
                                .find(shard.complete())
                                .map(list -> "number " + list.number() + ", ended " + list.nextUpdate())
                                .orElse("none signed yet; is the issuer running?")));
        // Said, but not a reason to stop serving: the list that is there is still the newest one.
        shards.stream()
                .filter(shard -> unsigned.overdueSince(shard, now).isPresent())
                .limit(MOST)
                .forEach(shard -> facts.put(
                        PREFIX + shard + ".unsigned",
                        "since " + unsigned.overdueSince(shard, now).orElse(now)
                                + "; revocations are missing on the list that is served. Is the issuer running,"
                                + " and what does its dead-letter topic say of crl.prepared?"));
        return current.size() == shards.size();
    }

    private static String summary(int shards, List<PublishedCrl> current) {
        var highest = current.stream().mapToLong(PublishedCrl::number).max();
        var ends = current.stream().map(PublishedCrl::nextUpdate).min(Instant::compareTo);
        return current.size() + " of " + shards + " lists valid"
                + (highest.isPresent() && ends.isPresent()
                        ? ", numbers up to " + highest.getAsLong() + ", the first ends " + ends.get()
                        : "");
    }
}
