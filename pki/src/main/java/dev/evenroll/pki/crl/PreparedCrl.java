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
/// @param entries the revoked certificates in the order of the list
public record PreparedCrl(
        Der tbsCertList, BigInteger number, Instant thisUpdate, Instant nextUpdate, List<RevokedEntry> entries) {
    public PreparedCrl {
        entries = List.copyOf(entries);
    }

    /// Reads a list that anybody may have made.
    ///
    /// @throws MalformedException when the bytes are no DER of a TBSCertList with number and nextUpdate
    public static PreparedCrl read(Der tbsCertList) throws MalformedException {
        TbsCertListReader list = TbsCertListReader.read(tbsCertList);
        Extension number = list.extension(Extension.cRLNumber)
                .orElseThrow(() -> new MalformedException("cRLNumber", "is missing (RFC 5280 section 5.2.3)"));
        if (!(TbsCertListReader.value(number) instanceof ASN1Integer integer)) {
            throw new MalformedException("cRLNumber", "is not an INTEGER (RFC 5280 section 5.2.3)");
        }
        var entries = new ArrayList<RevokedEntry>();
        for (TbsCertListReader.Line line : list.lines()) {
            entries.add(line.entry());
        }
        return new PreparedCrl(
                tbsCertList,
                integer.getValue(),
                X509Time.decode(list.thisUpdate(), "thisUpdate"),
                X509Time.decode(list.nextUpdate(), "nextUpdate"),
                entries);
    }
}
