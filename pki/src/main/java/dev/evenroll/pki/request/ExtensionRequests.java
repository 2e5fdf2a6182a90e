package dev.evenroll.pki.request;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// The attributes of a certification request that ask for extensions (RFC 2985 section 5.4.2).
///
/// ```
/// Attribute  ::= SEQUENCE { type, values SET SIZE (1) OF Extensions }
/// Extensions ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue OCTET STRING }
/// ```
///
/// Those of several attributes are taken together; that one extension is asked for twice is refused: which of the two
/// was meant can not be known.
final class ExtensionRequests {
    /// PKCS#9 extensionRequest and its Microsoft twin.
    static final Set<String> TYPES = Set.of("1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14");

    private static final String FIELD = "requested extensions";

    /// An extension is at most as long as the request around it.
    private static final int MAXIMUM_BYTES = CertificationRequest.MAXIMUM_BYTES;

    private static final int KEY_USAGE_BITS = 9;

    /// The bits of keyUsage, the most significant of the first octet first.
    private static final List<String> KEY_USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    private ExtensionRequests() {}

    /// Reads them in their order.
    ///
    /// @throws MalformedException when one can not be read
    static List<RequestedExtension> read(ASN1Set attributes) throws MalformedException {
        List<Extension> extensions = StrictDer.structure(
                FIELD, "are not those of RFC 2985 section 5.4.2; make the request again", () -> extensions(attributes));
        var oids = new HashSet<String>();
        var read = new ArrayList<RequestedExtension>();
        for (Extension extension : extensions) {
            String oid = extension.getExtnId().getId();
            if (!oids.add(oid)) {
                throw new MalformedException(FIELD, "ask for " + oid + " twice; ask for it once, or leave it out");
            }
            read.add(read(extension));
        }
        return List.copyOf(read);
    }

    private static List<Extension> extensions(ASN1Set attributes) throws MalformedException {
        var extensions = new ArrayList<Extension>();
        for (ASN1Encodable element : attributes) {
            var attribute = Attribute.getInstance(element);
            if (!TYPES.contains(attribute.getAttrType().getId())) {
                continue;
            }
            if (attribute.getAttrValues().size() != 1) {
                throw new MalformedException(FIELD, "are not one value of their attribute (RFC 2985 section 5.4.2)");
            }
            for (ASN1Encodable extension : ASN1Sequence.getInstance(attribute.getAttributeValues()[0])) {
                extensions.add(Extension.getInstance(extension));
            }
        }
        return extensions;
    }

    private static RequestedExtension read(Extension extension) throws MalformedException {
        boolean critical = extension.isCritical();
        String oid = extension.getExtnId().getId();
        var reader = READERS.get(oid);
        if (reader == null) {
            return new RequestedExtension.Other(oid, critical);
        }
        ASN1Primitive value =
                StrictDer.decode(Der.of(extension.getExtnValue().getOctets()), FIELD + ": " + oid, MAXIMUM_BYTES);
        return StrictDer.structure(
                FIELD, "hold a value of " + oid + " that RFC 5280 does not know", () -> reader.read(critical, value));
    }

    /// The reading of one kind of extension, from its value.
    private interface Reader {
        RequestedExtension read(boolean critical, ASN1Primitive value) throws MalformedException;
    }

    private static final Map<String, Reader> READERS = new TreeMap<>(Map.of(
            Extension.basicConstraints.getId(),
            ExtensionRequests::basicConstraints,
            Extension.keyUsage.getId(),
            ExtensionRequests::keyUsage,
            Extension.extendedKeyUsage.getId(),
            ExtensionRequests::extendedKeyUsage,
            Extension.subjectAlternativeName.getId(),
            ExtensionRequests::subjectAlternativeName));

    private static RequestedExtension basicConstraints(boolean critical, ASN1Primitive value) {
        return new RequestedExtension.BasicConstraints(
                critical, BasicConstraints.getInstance(value).isCA());
    }

    private static RequestedExtension keyUsage(boolean critical, ASN1Primitive value) throws MalformedException {
        var bits = ASN1BitString.getInstance(value);
        byte[] octets = bits.getBytes();
        int length = octets.length * Byte.SIZE - bits.getPadBits();
        if (length > KEY_USAGE_BITS) {
            throw new MalformedException(FIELD, "hold a keyUsage with bits that RFC 5280 does not know");
        }
        var usages = new ArrayList<String>();
        for (int bit = 0; bit < length; bit++) {
            if ((octets[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0) {
                usages.add(KEY_USAGES.get(bit));
            }
        }
        return new RequestedExtension.KeyUsage(critical, usages);
    }

    private static RequestedExtension extendedKeyUsage(boolean critical, ASN1Primitive value) {
        var purposes = new ArrayList<String>();
        for (KeyPurposeId purpose : ExtendedKeyUsage.getInstance(value).getUsages()) {
            purposes.add(purpose.getId());
        }
        return new RequestedExtension.ExtendedKeyUsage(critical, purposes);
    }

    private static RequestedExtension subjectAlternativeName(boolean critical, ASN1Primitive value) {
        var names = new ArrayList<RequestedName>();
        for (GeneralName name : GeneralNames.getInstance(value).getNames()) {
            names.add(RequestedName.of(name));
        }
        return new RequestedExtension.SubjectAlternativeName(critical, names);
    }
}
