package dev.evenroll.revocation.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The newest signed list of each shard of each CA.
///
/// A list that its CA did not sign, or that is older than the one served, never gets in. One thread offers,
/// any number of threads reads.
public final class PublishedCrls {

    private final Issuers issuers;
    private final Map<CrlShard, PublishedCrl> newest = new ConcurrentHashMap<>();
    private volatile boolean complete;

    public PublishedCrls(Issuers issuers) {
        this.issuers = issuers;
    }

    /// Takes a list when it may be served. The list that is served already is taken without effect.
    ///
    /// @param number cRLNumber that the record says
    /// @throws MalformedException when it may not be served, with the reason
    public void offer(CrlShard shard, long number, Der crl) throws MalformedException {
        IssuingCertificate issuer = issuers.ofKeyId(shard.issuerKeyId())
                .filter(each -> CrlShards.all(each.keyId()).contains(shard))
                .orElseThrow(() -> new MalformedException(
                        "shard",
                        shard + " is of none of the CAs with the key ids "
                                + issuers.all().stream()
                                        .map(IssuingCertificate::keyId)
                                        .toList()
                                + " (evenroll.ca.directory)"));
        PreparedCrl content = SignedCrl.verify(crl, issuer);
        if (!content.number().equals(BigInteger.valueOf(number))) {
            throw new MalformedException("crlNumber", "is " + number + ", but the list says " + content.number());
        }
        var served = newest.get(shard);
        if (served != null && (number < served.number() || (number == served.number() && !crl.equals(served.der())))) {
            throw new MalformedException(
                    "crlNumber",
                    "is " + number + ", but number " + served.number() + " of shard " + shard + " is served");
        }
        newest.put(shard, new PublishedCrl(shard, number, content.thisUpdate(), content.nextUpdate(), crl));
    }

    /// Everything that was signed before the start has been offered.
    public void markComplete() {
        complete = true;
    }

    /// Whether everything that was signed before the start has been offered: until then, no list may
    /// mean that it is not read yet.
    public boolean complete() {
        return complete;
    }

    /// The cRLNumber of the last signed list; 0 when none was signed yet.
    public long lastNumber(CrlShard shard) {
        return find(shard).map(PublishedCrl::number).orElse(0L);
    }

    /// The list to serve.
    public Optional<PublishedCrl> find(CrlShard shard) {
        return Optional.ofNullable(newest.get(shard));
    }

    /// The shards of all CAs, with or without a list.
    public List<CrlShard> shards() {
        return issuers.all().stream()
                .flatMap(issuer -> CrlShards.all(issuer.keyId()).stream())
                .toList();
    }
}
