package dev.evenroll.pki.asn1;

import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.Time;

/// Points in time as certificates and revocation lists write them (RFC 5280 section 4.1.2.5).
///
/// Through the year 2049 `UTCTime YYMMDDHHMMSSZ`, from 2050 on `GeneralizedTime YYYYMMDDHHMMSSZ`; whole
/// seconds, always `Z`.
public final class X509Time {
    private static final int FIRST_GENERALIZED_YEAR = 2050;
    private static final int FIRST_UTC_YEAR = 1950;
    private static final int UTC_DIGITS = 12;
    private static final int GENERALIZED_DIGITS = 14;

    // Not the formatter of Bouncy Castle: it goes by the default locale, which may count years from another epoch.
    private static final DateTimeFormatter DIGITS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private X509Time() {}

    /// Encodes an instant; fractions of a second are cut off.
    public static Time encode(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        String digits = DIGITS.format(time);
        return Time.getInstance(
                time.getYear() >= FIRST_UTC_YEAR && time.getYear() < FIRST_GENERALIZED_YEAR
                        ? value(BERTags.UTC_TIME, digits.substring(2) + "Z")
                        : value(BERTags.GENERALIZED_TIME, digits + "Z"));
    }

    /// By way of its bytes: the constructors that take text have Bouncy Castle read it again, which takes as long as
    /// all the rest of a certificate from a template.
    private static ASN1Primitive value(int tag, String content) {
        byte[] ascii = content.getBytes(StandardCharsets.US_ASCII);
        byte[] der = new byte[2 + ascii.length];
        der[0] = (byte) tag;
        der[1] = (byte) ascii.length;
        System.arraycopy(ascii, 0, der, 2, ascii.length);
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException e) {
            throw new IllegalStateException("a time of our own can not be read", e);
        }
    }

    /// Decodes a time that follows the rules above to the letter.
    ///
    /// @param field what the time is, for the message
    public static Instant decode(ASN1Encodable time, String field) throws MalformedException {
        byte[] encoded = StrictDer.encode(time);
        String content = new String(encoded, 2, encoded.length - 2, StandardCharsets.US_ASCII);
        ASN1Primitive primitive = time.toASN1Primitive();
        boolean utc = primitive instanceof ASN1UTCTime;
        if (!utc && !(primitive instanceof ASN1GeneralizedTime)) {
            throw new MalformedException(field, "is neither UTCTime nor GeneralizedTime");
        }
        int digits = utc ? UTC_DIGITS : GENERALIZED_DIGITS;
        if (content.length() != digits + 1 || !content.endsWith("Z")) {
            throw new MalformedException(
                    field,
                    "must be written " + (utc ? "YYMMDDHHMMSSZ" : "YYYYMMDDHHMMSSZ") + " (RFC 5280 section 4.1.2.5)");
        }
        Instant instant = parse(utc ? century(content) + content : content, field);
        if (!utc && encode(instant).toASN1Primitive() instanceof ASN1UTCTime) {
            throw new MalformedException(field, "lies before 2050 and must be UTCTime (RFC 5280 section 4.1.2.5)");
        }
        return instant;
    }

    private static String century(String content) {
        return content.compareTo("50") < 0 ? "20" : "19";
    }

    private static Instant parse(String content, String field) throws MalformedException {
        try {
            return LocalDateTime.parse(content.substring(0, GENERALIZED_DIGITS), DIGITS)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new MalformedException(field, "is not a date of the calendar", e);
        }
    }
}
