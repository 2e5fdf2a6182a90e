package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/// The building of a TBSCertList, version 2, complete (RFC 5280 section 5.1.2), with authority key identifier
/// and number.
///
/// The same arguments give the same bytes.
public final class CrlPreparation {
    private static final int VERSION_2 = 1;

    private CrlPreparation() {}

    /// Builds the list to be signed.
    ///
    /// @param crlNumber grows with every list of the issuer (RFC 5280 section 5.2.3); not negative
    /// @param nextUpdate when the next list will be there at the latest
    /// @param entries every certificate of the issuer that is revoked, in any order, each once
    /// @throws IllegalArgumentException for a negative number, times in the wrong order, or a serial number
    ///     met twice
    public static Der prepare(
            IssuingCertificate issuer,
            long crlNumber,
            Instant thisUpdate,
            Instant nextUpdate,
            Iterable<RevokedEntry> entries) {
        if (crlNumber < 0) {
            throw new IllegalArgumentException("cRLNumber: must not be negative");
        }
        if (!thisUpdate.isBefore(nextUpdate)) {
            throw new IllegalArgumentException("nextUpdate: must lie after thisUpdate");
        }
        var list = new ASN1EncodableVector();
        list.add(new ASN1Integer(VERSION_2));
        list.add(issuer.scheme().algorithmIdentifier());
        list.add(issuer.subject());
        list.add(X509Time.encode(thisUpdate));
        list.add(X509Time.encode(nextUpdate));
        ASN1EncodableVector revoked = revoked(entries);
        // An empty list of entries must be left out (RFC 5280 section 5.1.2.6).
        if (revoked.size() > 0) {
            list.add(new DERSequence(revoked));
        }
        list.add(new DERTaggedObject(true, 0, extensions(issuer, crlNumber)));
        return Der.of(StrictDer.encode(new DERSequence(list)));
    }

    private static ASN1EncodableVector revoked(Iterable<RevokedEntry> entries) {
        var revoked = new ASN1EncodableVector();
        Set<String> met = new HashSet<>();
        for (RevokedEntry entry : entries) {
            if (!met.add(entry.serialNumberHex())) {
                throw new IllegalArgumentException(
                        "revokedCertificates: " + entry.serialNumberHex() + " stands in it twice");
            }
            var line = new ASN1EncodableVector(3);
            line.add(new ASN1Integer(SerialNumber.parse(entry.serialNumberHex()).value()));
            line.add(X509Time.encode(entry.revokedAt()));
            // The reason unspecified is said by saying nothing (RFC 5280 section 5.3.1).
            if (entry.reason() != CrlReason.UNSPECIFIED) {
                line.add(new Extensions(extension(
                        Extension.reasonCode, CRLReason.lookup(entry.reason().code()))));
            }
            revoked.add(new DERSequence(line));
        }
        return revoked;
    }

    private static Extensions extensions(IssuingCertificate issuer, long crlNumber) {
        return new Extensions(new Extension[] {
            extension(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(issuer.keyIdBytes())),
            extension(Extension.cRLNumber, new ASN1Integer(crlNumber))
        });
    }

    private static Extension extension(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Extension(type, false, StrictDer.encode(value));
    }
}
