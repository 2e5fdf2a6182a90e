package dev.evenroll.pki.request;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/// One attribute of a distinguished name (RFC 5280 section 4.1.2.4).
///
/// @param oid the type in dotted decimals
/// @param name the short name of the type, for example `CN`; the object identifier where there is none
/// @param value the text; `#` and the DER in hexadecimal digits where the value is no text
public record SubjectAttribute(String oid, String name, String value) {
    public static final String COMMON_NAME = "2.5.4.3";
    public static final String SERIAL_NUMBER = "2.5.4.5";
    public static final String ORGANIZATION = "2.5.4.10";
    public static final String DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";

    private static final Map<String, String> SHORT_NAMES = Map.of(
            COMMON_NAME,
            "CN",
            SERIAL_NUMBER,
            "serialNumber",
            "2.5.4.6",
            "C",
            "2.5.4.7",
            "L",
            "2.5.4.8",
            "ST",
            ORGANIZATION,
            "O",
            "2.5.4.11",
            "OU",
            DOMAIN_COMPONENT,
            "DC",
            "1.2.840.113549.1.9.1",
            "emailAddress");

    /// The attributes of a certificate's subject, in their order. None when the subject can not be decoded, which the
    /// JDK does not notice: such a certificate speaks for nobody.
    public static List<SubjectAttribute> of(X509Certificate certificate) {
        byte[] subject = certificate.getSubjectX500Principal().getEncoded();
        try {
            return StrictDer.structure("subject", "is no name", () -> of(X500Name.getInstance(subject)));
        } catch (MalformedException e) {
            return List.of();
        }
    }

    /// The attributes of a name, in their order; those of one relative distinguished name follow one another.
    public static List<SubjectAttribute> of(X500Name name) {
        var attributes = new ArrayList<SubjectAttribute>();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                String oid = attribute.getType().getId();
                attributes.add(
                        new SubjectAttribute(oid, SHORT_NAMES.getOrDefault(oid, oid), text(attribute.getValue())));
            }
        }
        return List.copyOf(attributes);
    }

    /// The value of a type that occurs exactly once. Empty also when it occurs twice: whoever took the first
    /// and whoever took the last would read two names in one certificate.
    public static Optional<String> only(List<SubjectAttribute> attributes, String oid) {
        var values = attributes.stream()
                .filter(a -> a.oid().equals(oid))
                .map(SubjectAttribute::value)
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static String text(ASN1Encodable value) {
        if (value instanceof ASN1String string) {
            try {
                return string.getString();
            } catch (IllegalArgumentException e) {
                // Octets that are not UTF-8, in a certificate of somebody else: no text either.
                return hex(value);
            }
        }
        return hex(value);
    }

    private static String hex(ASN1Encodable value) {
        return "#" + HexFormat.of().formatHex(StrictDer.encode(value));
    }
}
