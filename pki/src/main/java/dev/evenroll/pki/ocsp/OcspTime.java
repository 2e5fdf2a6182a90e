package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;

/// Points in time as answers write them: always `GeneralizedTime YYYYMMDDHHMMSSZ`, in whole seconds (RFC 6960 section
/// 4.2.2.1, RFC 5280 section 4.1.2.5.2). Certificates do it otherwise ([dev.evenroll.pki.asn1.X509Time]).
final class OcspTime {
    private static final int GENERALIZED_TIME = 0x18;
    private static final int HEADER = 2;
    private static final int DIGITS = 14;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private OcspTime() {}

    /// Cuts off the fraction of a second.
    ///
    /// @throws IllegalArgumentException when the year does not have four digits
    static Instant wholeSeconds(Instant time, String field) {
        Instant whole = time.truncatedTo(ChronoUnit.SECONDS);
        if (whole.isBefore(FIRST) || whole.isAfter(LAST)) {
            throw new IllegalArgumentException(field + ": must lie in the years 0 to 9999");
        }
        return whole;
    }

    static byte[] encode(Instant time) {
        String digits = FORM.format(LocalDateTime.ofInstant(wholeSeconds(time, "time"), ZoneOffset.UTC));
        return DerWriter.tagged(GENERALIZED_TIME, (digits + "Z").getBytes(StandardCharsets.US_ASCII));
    }

    /// Decodes a time that follows the rules above to the letter.
    static Instant decode(ASN1Encodable time, String field) throws MalformedException {
        if (!(time instanceof ASN1GeneralizedTime)) {
            throw new MalformedException(field, "is not a GeneralizedTime");
        }
        byte[] encoded = StrictDer.encode(time);
        String content = new String(encoded, HEADER, encoded.length - HEADER, StandardCharsets.US_ASCII);
        try {
            Instant instant = LocalDateTime.parse(content.substring(0, Math.min(DIGITS, content.length())), FORM)
                    .toInstant(ZoneOffset.UTC);
            if (Arrays.equals(encode(instant), encoded)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new MalformedException(field, "is not a date of the calendar, written YYYYMMDDHHMMSSZ", e);
        }
        throw new MalformedException(field, "must be written YYYYMMDDHHMMSSZ (RFC 5280 section 4.1.2.5.2)");
    }
}
