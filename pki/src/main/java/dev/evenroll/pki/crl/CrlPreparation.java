package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/// The building of a TBSCertList, version 2 (RFC 5280 section 5.1.2).
///
/// ```
/// SEQUENCE { version 1, signature, issuer, thisUpdate, nextUpdate,
///            SEQUENCE OF { serialNumber, revocationDate, [reasonCode] }    absent when nothing is revoked
///            [0] { authorityKeyIdentifier, cRLNumber,
///                  [deltaCRLIndicator critical], [issuingDistributionPoint critical], [freshestCRL] } }
/// ```
///
/// The entries are read once, one after the other, and written as they come: nothing is kept of them but their
/// bytes, about 39 each. The same arguments give the same bytes.
public final class CrlPreparation {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final byte[] VERSION_2 = StrictDer.encode(new ASN1Integer(1));
    private static final Map<CrlReason, byte[]> REASONS = reasons();

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private @Nullable String last;
    private Instant encodedTime = Instant.MIN;
    private byte[] time = new byte[0];

    private CrlPreparation() {}

    /// Builds the list to be signed.
    ///
    /// @param entries in a complete list every certificate of its scope that is revoked, in a delta list those that
    ///     changed; in ascending order of the digits of their serial numbers, each once
    /// @throws IllegalArgumentException for a serial number met twice or out of order, and for removeFromCRL in a
    ///     complete list
    public static Der prepare(IssuingCertificate issuer, CrlHead head, Iterator<RevokedEntry> entries) {
        var preparation = new CrlPreparation();
        boolean delta = head.kind() instanceof CrlKind.Delta;
        while (entries.hasNext()) {
            preparation.add(entries.next(), delta);
        }
        byte[] lines = preparation.lines.toByteArray();
        return Der.of(DerWriter.tagged(
                SEQUENCE,
                VERSION_2,
                StrictDer.encode(issuer.scheme().algorithmIdentifier()),
                StrictDer.encode(issuer.subject()),
                StrictDer.encode(X509Time.encode(head.thisUpdate())),
                StrictDer.encode(X509Time.encode(head.nextUpdate())),
                // An empty list of entries must be left out (RFC 5280 section 5.1.2.6).
                lines.length == 0 ? lines : DerWriter.tagged(SEQUENCE, lines),
                StrictDer.encode(new DERTaggedObject(true, 0, extensions(issuer, head)))));
    }

    private void add(RevokedEntry entry, boolean delta) {
        if (last != null && last.compareTo(entry.serialNumberHex()) >= 0) {
            throw new IllegalArgumentException("revokedCertificates: " + entry.serialNumberHex() + " stands behind "
                    + last + "; pass each once, in ascending order");
        }
        if (entry.reason() == CrlReason.REMOVE_FROM_CRL && !delta) {
            throw new IllegalArgumentException(CrlLinter.REMOVED_FROM_COMPLETE);
        }
        last = entry.serialNumberHex();
        lines.writeBytes(DerWriter.tagged(
                SEQUENCE,
                DerWriter.tagged(
                        INTEGER,
                        SerialNumber.parse(entry.serialNumberHex()).value().toByteArray()),
                time(entry.revokedAt()),
                REASONS.getOrDefault(entry.reason(), new byte[0])));
    }

    /// A wave of revocations has few times.
    private byte[] time(Instant revokedAt) {
        if (!revokedAt.equals(encodedTime)) {
            time = StrictDer.encode(X509Time.encode(revokedAt));
            encodedTime = revokedAt;
        }
        return time;
    }

    /// The reason unspecified is said by saying nothing (RFC 5280 section 5.3.1).
    private static Map<CrlReason, byte[]> reasons() {
        var reasons = new EnumMap<CrlReason, byte[]>(CrlReason.class);
        for (CrlReason reason : CrlReason.values()) {
            if (reason != CrlReason.UNSPECIFIED) {
                var extension = extension(Extension.reasonCode, false, CRLReason.lookup(reason.code()));
                reasons.put(reason, StrictDer.encode(new Extensions(extension)));
            }
        }
        return reasons;
    }

    private static Extensions extensions(IssuingCertificate issuer, CrlHead head) {
        var extensions = new ArrayList<Extension>(List.of(
                extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(issuer.keyIdBytes())),
                extension(Extension.cRLNumber, false, new ASN1Integer(head.number()))));
        if (head.kind() instanceof CrlKind.Delta(long base)) {
            extensions.add(extension(Extension.deltaCRLIndicator, true, new ASN1Integer(base)));
        }
        if (!head.addresses().isEmpty()) {
            extensions.add(extension(
                    Extension.issuingDistributionPoint, true, CrlAddresses.issuingDistributionPoint(head.addresses())));
        }
        if (head.kind() instanceof CrlKind.Complete(var freshest) && freshest != null) {
            extensions.add(extension(Extension.freshestCRL, false, CrlAddresses.freshest(freshest)));
        }
        return new Extensions(extensions.toArray(Extension[]::new));
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return new Extension(type, critical, StrictDer.encode(value));
    }
}
