package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.X509Time;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;

/// What a TBSCertList says, read from its bytes.
///
/// @param tbsCertList the bytes, DER (RFC 5280 section 5.1)
/// @param number the cRLNumber
/// @param thisUpdate when the list was made
/// @param nextUpdate when the next one will be there at the latest
/// @param addresses the URLs by which the list names itself; empty when it names none
/// @param kind complete or delta
/// @param entries the revoked certificates in the order of the list
public record PreparedCrl(
        Der tbsCertList,
        BigInteger number,
        Instant thisUpdate,
        Instant nextUpdate,
        List<String> addresses,
        CrlKind kind,
        List<RevokedEntry> entries) {
    private static final String DELTA = "deltaCRLIndicator";

    public PreparedCrl {
        addresses = List.copyOf(addresses);
        entries = List.copyOf(entries);
    }

    /// Reads a list that anybody may have made.
    ///
    /// @throws MalformedException when the bytes are no DER of a TBSCertList with number and nextUpdate, or what
    ///     they say of their scope can not be understood
    public static PreparedCrl read(Der tbsCertList) throws MalformedException {
        TbsCertListReader list = TbsCertListReader.read(tbsCertList);
        Extension number = list.extension(Extension.cRLNumber)
                .orElseThrow(() -> new MalformedException("cRLNumber", "is missing (RFC 5280 section 5.2.3)"));
        var entries = new ArrayList<RevokedEntry>();
        for (TbsCertListReader.Line line : list.lines()) {
            entries.add(line.entry());
        }
        return new PreparedCrl(
                tbsCertList,
                integer(number, "cRLNumber"),
                X509Time.decode(list.thisUpdate(), "thisUpdate"),
                X509Time.decode(list.nextUpdate(), "nextUpdate"),
                addresses(list),
                kind(list),
                entries);
    }

    static List<String> addresses(TbsCertListReader list) throws MalformedException {
        var extension = list.extension(Extension.issuingDistributionPoint);
        return extension.isPresent() ? CrlAddresses.readIssuingDistributionPoint(extension.get()) : List.of();
    }

    static CrlKind kind(TbsCertListReader list) throws MalformedException {
        var base = list.extension(Extension.deltaCRLIndicator);
        if (base.isPresent()) {
            var number = integer(base.get(), DELTA);
            if (number.signum() < 0 || number.bitLength() >= Long.SIZE) {
                throw new MalformedException(DELTA, "must not be negative, and less than 2^63");
            }
            return new CrlKind.Delta(number.longValue());
        }
        var freshest = list.extension(Extension.freshestCRL);
        return new CrlKind.Complete(freshest.isPresent() ? CrlAddresses.readFreshest(freshest.get()) : null);
    }

    private static BigInteger integer(Extension extension, String field) throws MalformedException {
        if (TbsCertListReader.value(extension) instanceof ASN1Integer integer) {
            return integer.getValue();
        }
        throw new MalformedException(field, "is not an INTEGER (RFC 5280 section 5.2)");
    }
}
