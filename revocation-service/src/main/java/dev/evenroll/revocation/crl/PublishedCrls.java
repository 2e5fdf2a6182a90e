package dev.evenroll.revocation.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.identity.ShardOfSerial;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The newest signed lists of each shard of each CA.
///
/// A list that its CA did not sign, or that is older than the one served, never gets in. One thread offers,
/// any number of threads reads.
public final class PublishedCrls {

    private final Issuers issuers;
    private final int shards;
    private final Map<CrlName, PublishedCrl> newest = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /// @param addresses how many shards a CA has
    public PublishedCrls(Issuers issuers, ShardAddresses addresses) {
        this.issuers = issuers;
        this.shards = addresses.shards();
    }

    /// Takes a list when it may be served. The list that is served already is taken without effect.
    ///
    /// @param number cRLNumber that the record says
    /// @throws MalformedException when it may not be served, with the reason
    public void offer(CrlName name, long number, Der crl) throws MalformedException {
        PreparedCrl content = SignedCrl.verify(crl, issuer(name));
        if (!content.number().equals(BigInteger.valueOf(number))) {
            throw new MalformedException("crlNumber", "is " + number + ", but the list says " + content.number());
        }
        if (content.kind() instanceof CrlKind.Delta != name.delta()) {
            throw new MalformedException("baseCrlNumber", "does not fit the list, which is " + content.kind());
        }
        var served = newest.get(name);
        if (served != null && (number < served.number() || (number == served.number() && !crl.equals(served.der())))) {
            throw new MalformedException(
                    "crlNumber",
                    "is " + number + ", but number " + served.number() + " of shard " + name + " is served");
        }
        newest.put(
                name,
                new PublishedCrl(
                        name,
                        number,
                        content.thisUpdate(),
                        content.nextUpdate(),
                        content.addresses(),
                        content.entries().size(),
                        crl));
    }

    private IssuingCertificate issuer(CrlName name) throws MalformedException {
        if (name.shard() < 0 || name.shard() >= ShardOfSerial.MOST_SHARDS) {
            throw new MalformedException(
                    "shard",
                    name + " is the list of no CA: shards are counted from 0 to " + (ShardOfSerial.MOST_SHARDS - 1));
        }
        return issuers.ofKeyId(name.issuerKeyId())
                .orElseThrow(() -> new MalformedException(
                        "shard",
                        name + " is of none of the CAs with the key ids "
                                + issuers.all().stream()
                                        .map(IssuingCertificate::keyId)
                                        .toList()
                                + " (evenroll.ca.directory)"));
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

    /// The cRLNumber of the last complete list that was signed; 0 when none was signed yet.
    public long lastNumber(CrlShard shard) {
        return find(shard.complete()).map(PublishedCrl::number).orElse(0L);
    }

    /// The list to serve.
    public Optional<PublishedCrl> find(CrlName name) {
        return Optional.ofNullable(newest.get(name));
    }

    /// How many lists there are: it changes with every new shard.
    public int size() {
        return newest.size();
    }

    /// The shards of all CAs, with or without a list.
    public List<CrlShard> shards() {
        return issuers.all().stream().flatMap(issuer -> shards(issuer).stream()).toList();
    }

    /// The shards of a CA: as many as it has for new certificates, and those of former ones. A certificate names its
    /// list until it ends, so a shard that was published once goes on, however many there are by now.
    public List<CrlShard> shards(IssuingCertificate issuer) {
        var now = IntStream.range(0, shards).boxed();
        var before = newest.keySet().stream()
                .filter(name -> name.issuerKeyId().equals(issuer.keyId()))
                .map(CrlName::shard);
        return Stream.concat(now, before)
                .distinct()
                .sorted()
                .map(number -> new CrlShard(issuer.keyId(), number))
                .toList();
    }
}
