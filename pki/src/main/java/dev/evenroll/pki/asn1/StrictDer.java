package dev.evenroll.pki.asn1;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/// The way into ASN.1 for bytes from outside: nothing but the one DER encoding of a value passes.
///
/// First the frame is walked ([DerFrame]), so that the parser behind meets neither deep nesting nor lying
/// lengths. Then the parsed value is encoded again and compared: two encodings of one value would be two
/// identities of one key (X.690 section 10 and 11).
public final class StrictDer {
    private StrictDer() {}

    /// Decodes one value.
    ///
    /// @param field what the bytes are said to be, for the message
    /// @param maximumBytes longer input is refused unread
    public static ASN1Primitive decode(Der der, String field, int maximumBytes) throws MalformedException {
        if (der.length() > maximumBytes) {
            throw new MalformedException(
                    field, "has " + der.length() + " bytes, at most " + maximumBytes + " are accepted");
        }
        byte[] bytes = der.bytes();
        DerFrame.check(bytes, field);
        return structure(field, "is not ASN.1 in DER", () -> {
            ASN1Primitive value = ASN1Primitive.fromByteArray(bytes);
            if (!Arrays.equals(value.getEncoded(ASN1Encoding.DER), bytes)) {
                throw new MalformedException(field, "is BER but not DER; encode it canonically (X.690 section 10)");
            }
            return value;
        });
    }

    /// A parser of Bouncy Castle at work on bytes from outside.
    public interface Parser<T> {
        T parse() throws IOException, MalformedException;
    }

    /// Runs a parser of Bouncy Castle, whose complaints are of many types.
    ///
    /// That a part is missing, doubled or of another kind shows as any of the exceptions below, which
    /// elsewhere would be mistakes of ours. So nothing but parsing belongs into the parser.
    ///
    /// @param reason what to say when it complains
    /// @throws MalformedException when it does
    public static <T> T structure(String field, String reason, Parser<T> parser) throws MalformedException {
        try {
            return parser.parse();
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | IndexOutOfBoundsException
                | NoSuchElementException
                | NullPointerException e) {
            throw new MalformedException(field, reason, e);
        }
    }

    /// Decodes one SEQUENCE.
    public static ASN1Sequence sequence(Der der, String field, int maximumBytes) throws MalformedException {
        if (decode(der, field, maximumBytes) instanceof ASN1Sequence sequence) {
            return sequence;
        }
        throw new MalformedException(field, "is not an ASN.1 SEQUENCE");
    }

    /// The DER encoding of a value that this process made or has already decoded.
    public static byte[] encode(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a value in memory can not be encoded", e);
        }
    }
}
