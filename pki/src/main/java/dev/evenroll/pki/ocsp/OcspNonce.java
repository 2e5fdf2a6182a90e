package dev.evenroll.pki.ocsp;

import java.util.Arrays;

/// A number used once, by which a client recognises the answer to its own request (RFC 9654 section 2.1); immutable.
///
/// ```
/// Nonce ::= OCTET STRING (SIZE(1..128))
/// ```
public final class OcspNonce {
    /// More than 128 octets a responder has to refuse as malformed, none as well.
    public static final int LONGEST = 128;

    private final byte[] octets;

    private OcspNonce(byte[] octets) {
        this.octets = octets;
    }

    /// Wraps a copy.
    ///
    /// @param octets 1 to 128; a client draws 32 at random
    public static OcspNonce of(byte[] octets) {
        if (octets.length == 0 || octets.length > LONGEST) {
            throw new IllegalArgumentException("nonce: " + lengthProblem(octets.length));
        }
        return new OcspNonce(octets.clone());
    }

    static String lengthProblem(int length) {
        return "has " + length + " octets; use 1 to " + LONGEST + ", best 32 (RFC 9654 section 2.1)";
    }

    /// A copy of the octets.
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OcspNonce nonce && Arrays.equals(octets, nonce.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "OcspNonce[" + octets.length + " octets]";
    }
}
