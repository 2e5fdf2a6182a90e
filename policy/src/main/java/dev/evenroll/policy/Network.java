package dev.evenroll.policy;

import dev.evenroll.policy.yaml.UnusableValueException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of IP addresses (CIDR, RFC 4632 section 3.1 and RFC 4291 section 2.3). Nothing here asks a
/// name server.
///
/// @param address the first one
/// @param prefix number of leading bits that all have in common: 0 to 32 or 128
public record Network(InetAddress address, int prefix) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern ZEROS = Pattern.compile("(^|:)(0(:|$)){2,}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /// Reads `10.0.0.0/8`, `2001:db8::/32`, or an address alone.
    static Network parse(String text) throws UnusableValueException {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        var address = literal(literal).orElseThrow(() -> unusable(text, "is not an IP address or a range of them"));
        boolean ipv4 = address instanceof Inet4Address;
        if (ipv4 && !address.getHostAddress().equals(literal)) {
            // A mapped address (RFC 4291 section 2.5.5.2) or an octet with a leading zero, which some read as octal.
            throw new UnusableValueException(
                    "\"" + text + "\" is another spelling of " + address.getHostAddress() + "; write that");
        }
        int bits = ipv4 ? Integer.SIZE : 4 * Integer.SIZE;
        int prefix = slash < 0 ? bits : prefix(text, text.substring(slash + 1), bits);
        var network = new Network(address, prefix);
        if (!network.isFirst()) {
            throw new UnusableValueException(
                    "\"" + text + "\" has bits set after its first " + prefix + "; clear them, or lengthen the prefix");
        }
        return network;
    }

    private static int prefix(String text, String digits, int bits) throws UnusableValueException {
        int prefix = PREFIX.matcher(digits).matches() ? Integer.parseInt(digits) : bits + 1;
        if (prefix > bits) {
            throw unusable(text, "has no prefix length of 0 to " + bits);
        }
        return prefix;
    }

    private static UnusableValueException unusable(String text, String reason) {
        return new UnusableValueException("\"" + text + "\" " + reason + "; write it like 10.0.0.0/8 or 2001:db8::/32");
    }

    /// An address in text, with or without the zone of RFC 4007 section 11; empty when it is none.
    static Optional<InetAddress> address(String text) {
        int zone = text.indexOf('%');
        return literal(zone < 0 ? text : text.substring(0, zone));
    }

    private static Optional<InetAddress> literal(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (!(ipv6 ? IPV6 : IPV4).matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        return mine.length == theirs.length && firstDifference(mine, theirs) >= prefix;
    }

    /// Whether every address of the other is one of this.
    boolean covers(Network other) {
        return prefix <= other.prefix && contains(other.address);
    }

    private boolean isFirst() {
        byte[] mine = address.getAddress();
        for (int bit = prefix; bit < Byte.SIZE * mine.length; bit++) {
            if (bitOf(mine, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int firstDifference(byte[] one, byte[] other) {
        for (int bit = 0; bit < Byte.SIZE * one.length; bit++) {
            if (bitOf(one, bit) != bitOf(other, bit)) {
                return bit;
            }
        }
        return Byte.SIZE * one.length;
    }

    private static int bitOf(byte[] bytes, int bit) {
        return bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
    }

    /// As people write it: `2001:db8::/32`.
    @Override
    public String toString() {
        String text = address.getHostAddress();
        return (address instanceof Inet4Address ? text : ZEROS.matcher(text).replaceFirst("::")) + "/" + prefix;
    }
}
