package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.identity.CertificateId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/// A TBSCertList taken apart.
///
/// ```
/// SEQUENCE { version INTEGER, signature, issuer Name, thisUpdate Time, nextUpdate Time,
///            revokedCertificates SEQUENCE OF SEQUENCE { serialNumber, revocationDate, Extensions OPTIONAL } OPTIONAL,
///            crlExtensions [0] EXPLICIT Extensions }
/// ```
///
/// Source: RFC 5280 section 5.1; what version 2 leaves optional there but demands in section 5.1.2 or 5.2, is
/// demanded here. Walked by hand, since a list may have a hundred thousand lines.
///
/// @param issuer the name as encoded
/// @param hasEmptyList whether there is a list of entries without entries, which is not allowed
record TbsCertListReader(
        ASN1Integer version,
        AlgorithmIdentifier signature,
        Der issuer,
        ASN1Primitive thisUpdate,
        ASN1Primitive nextUpdate,
        List<Line> lines,
        boolean hasEmptyList,
        Extensions extensions) {
    /// About 100,000 entries, which take the issuer some seconds and some ten megabytes of memory. A longer list
    /// is one of a CA with too few shards; and whoever could have one of any length looked at could end the issuer
    /// by it.
    private static final int MAXIMUM_BYTES = 4 * 1024 * 1024;

    private static final String FIELD = "tbsCertList";

    /// One revoked certificate as encoded.
    record Line(
            ASN1Integer serialNumber,
            ASN1Primitive revocationDate,
            @Nullable Extensions extensions) {
        /// The line in our terms.
        ///
        /// @throws MalformedException when number, date or reason are not what RFC 5280 allows
        RevokedEntry entry() throws MalformedException {
            try {
                return new RevokedEntry(
                        CertificateId.hex(serialNumber.getValue()),
                        X509Time.decode(revocationDate, "revocationDate"),
                        reason());
            } catch (IllegalArgumentException e) {
                throw new MalformedException("revokedCertificates", String.valueOf(e.getMessage()), e);
            }
        }

        private CrlReason reason() throws MalformedException {
            Extension extension = extensions == null ? null : extensions.getExtension(Extension.reasonCode);
            if (extension == null) {
                return CrlReason.UNSPECIFIED;
            }
            if (value(extension) instanceof ASN1Enumerated code
                    && code.getValue().bitLength() < Byte.SIZE) {
                return CrlReason.ofCode(code.getValue().intValue()).orElseThrow(Line::unknownReason);
            }
            throw unknownReason();
        }

        private static MalformedException unknownReason() {
            return new MalformedException("reasonCode", "is none of RFC 5280 section 5.3.1");
        }
    }

    static TbsCertListReader read(Der der) throws MalformedException {
        ASN1Sequence sequence = StrictDer.sequence(der, FIELD, MAXIMUM_BYTES);
        Deque<ASN1Encodable> parts = new ArrayDeque<>(List.of(sequence.toArray()));
        return StrictDer.structure(FIELD, "is DER but not the structure of RFC 5280 section 5.1", () -> read(parts));
    }

    private static TbsCertListReader read(Deque<ASN1Encodable> parts) throws MalformedException {
        ASN1Integer version = ASN1Integer.getInstance(next(parts));
        var signature = AlgorithmIdentifier.getInstance(next(parts));
        Der issuer = Der.of(StrictDer.encode(ASN1Sequence.getInstance(next(parts))));
        ASN1Primitive thisUpdate = time(next(parts));
        ASN1Primitive nextUpdate = time(next(parts));
        List<Line> lines = new ArrayList<>();
        boolean hasList = parts.peek() instanceof ASN1Sequence;
        if (hasList) {
            for (ASN1Encodable line : ASN1Sequence.getInstance(parts.remove())) {
                lines.add(line(ASN1Sequence.getInstance(line)));
            }
        }
        Extensions extensions = crlExtensions(next(parts));
        if (!parts.isEmpty()) {
            throw new MalformedException(FIELD, "holds parts that RFC 5280 section 5.1 does not know");
        }
        return new TbsCertListReader(
                version,
                signature,
                issuer,
                thisUpdate,
                nextUpdate,
                List.copyOf(lines),
                hasList && lines.isEmpty(),
                extensions);
    }

    private static ASN1Encodable next(Deque<ASN1Encodable> parts) throws MalformedException {
        ASN1Encodable part = parts.poll();
        if (part == null) {
            throw new MalformedException(FIELD, "lacks parts that RFC 5280 section 5.1.2 demands of version 2");
        }
        return part;
    }

    private static ASN1Primitive time(ASN1Encodable part) {
        ASN1Primitive primitive = part.toASN1Primitive();
        if (primitive instanceof ASN1UTCTime || primitive instanceof ASN1GeneralizedTime) {
            return primitive;
        }
        throw new IllegalArgumentException("not a time");
    }

    private static Line line(ASN1Sequence parts) throws MalformedException {
        if (parts.size() < 2 || parts.size() > 3) {
            throw new IllegalArgumentException("not a revoked certificate");
        }
        return new Line(
                ASN1Integer.getInstance(parts.getObjectAt(0)),
                time(parts.getObjectAt(1)),
                parts.size() == 3 ? extensions(ASN1Sequence.getInstance(parts.getObjectAt(2))) : null);
    }

    private static Extensions crlExtensions(ASN1Encodable part) throws MalformedException {
        var tagged = ASN1TaggedObject.getInstance(part);
        if (!tagged.hasContextTag(0)) {
            throw new IllegalArgumentException("not crlExtensions");
        }
        return extensions(ASN1Sequence.getInstance(tagged, true));
    }

    private static Extensions extensions(ASN1Sequence encoded) throws MalformedException {
        Extensions extensions = Extensions.getInstance(encoded);
        if (!Arrays.equals(StrictDer.encode(extensions), StrictDer.encode(encoded))) {
            throw new MalformedException(FIELD, "holds defaults that DER leaves out (X.690 section 11.5)");
        }
        return extensions;
    }

    Optional<Extension> extension(ASN1ObjectIdentifier type) {
        return Optional.ofNullable(extensions.getExtension(type));
    }

    static ASN1Primitive value(Extension extension) throws MalformedException {
        Der content = Der.of(extension.getExtnValue().getOctets());
        return StrictDer.decode(content, "extension " + extension.getExtnId().getId(), content.length());
    }
}
