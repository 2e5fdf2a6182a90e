package dev.evenroll.pki.request;

import dev.evenroll.pki.asn1.StrictDer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.OtherName;

/// One name that a certification request asks for beside its subject (GeneralName, RFC 5280 section 4.2.1.6).
///
/// @param form the form in the words of the standard, for example `dNSName`; [#HARDWARE_MODULE] for that kind of
///     otherName
/// @param value for people and for comparison: the text of a dNSName, rfc822Name or URI; the common name of a
///     directoryName that has exactly one; the serial number of a hardwareModuleName; the address of an
///     iPAddress, IPv6 in eight groups; else `#` and the DER in hexadecimal digits
public record RequestedName(String form, String value) {
    public static final String DNS = "dNSName";
    public static final String DIRECTORY = "directoryName";

    /// The serial number of a device (RFC 4108 section 5), as IDevID certificates name it.
    public static final String HARDWARE_MODULE = "hardwareModuleName";

    private static final ASN1ObjectIdentifier ON_HARDWARE_MODULE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

    private static final Map<Integer, String> FORMS = Map.of(
            GeneralName.otherName,
            "otherName",
            GeneralName.rfc822Name,
            "rfc822Name",
            GeneralName.dNSName,
            DNS,
            GeneralName.x400Address,
            "x400Address",
            GeneralName.directoryName,
            DIRECTORY,
            GeneralName.ediPartyName,
            "ediPartyName",
            GeneralName.uniformResourceIdentifier,
            "uniformResourceIdentifier",
            GeneralName.iPAddress,
            "iPAddress",
            GeneralName.registeredID,
            "registeredID");

    /// Reads one; complains as parsers of Bouncy Castle do.
    static RequestedName of(GeneralName name) {
        String form = FORMS.getOrDefault(name.getTagNo(), "name");
        return switch (name.getTagNo()) {
            case GeneralName.rfc822Name, GeneralName.dNSName, GeneralName.uniformResourceIdentifier ->
                new RequestedName(
                        form, ASN1IA5String.getInstance(name.getName()).getString());
            case GeneralName.directoryName -> directory(name);
            case GeneralName.otherName -> other(name);
            case GeneralName.iPAddress -> new RequestedName(form, address(name));
            default -> new RequestedName(form, hex(name));
        };
    }

    /// RFC 5280 section 4.2.1.6: four octets or sixteen; with another number it is no address.
    private static String address(GeneralName name) {
        byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
        try {
            return switch (octets.length) {
                case 4 -> InetAddress.getByAddress(octets).getHostAddress();
                // An IPv4 address within an IPv6 one stays the latter.
                case 16 -> Inet6Address.getByAddress(null, octets, -1).getHostAddress();
                default -> hex(name);
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets was not read", e);
        }
    }

    private static RequestedName directory(GeneralName name) {
        var attributes = SubjectAttribute.of(X500Name.getInstance(name.getName()));
        return new RequestedName(
                DIRECTORY,
                SubjectAttribute.only(attributes, SubjectAttribute.COMMON_NAME).orElseGet(() -> hex(name)));
    }

    private static RequestedName other(GeneralName name) {
        OtherName other = OtherName.getInstance(name.getName());
        if (!other.getTypeID().equals(ON_HARDWARE_MODULE)) {
            return new RequestedName("otherName", hex(name));
        }
        ASN1Sequence module = ASN1Sequence.getInstance(other.getValue());
        byte[] serialNumber = ASN1OctetString.getInstance(module.getObjectAt(1)).getOctets();
        return new RequestedName(HARDWARE_MODULE, text(serialNumber));
    }

    private static String text(byte[] octets) {
        var text = new StringBuilder();
        for (byte octet : octets) {
            if (octet < ' ' || octet > '~') {
                return "#" + HexFormat.of().formatHex(octets);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    private static String hex(GeneralName name) {
        return "#" + HexFormat.of().formatHex(StrictDer.encode(name.getName()));
    }
}
