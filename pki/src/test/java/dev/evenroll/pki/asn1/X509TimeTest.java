package dev.evenroll.pki.asn1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.MalformedException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class X509TimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z,     170d3236313132323130303030305a",
        "2049-12-31T23:59:59.999Z, 170d3439313233313233353935395a",
        "2050-01-01T00:00:00Z,     180f32303530303130313030303030305a",
        "1999-12-31T23:59:59Z,     170d3939313233313233353935395a",
        "9999-12-31T23:59:59Z,     180f39393939313233313233353935395a"
    })
    void changesItsEncodingWith2050(Instant instant, String hex) throws Exception {
        byte[] encoded = StrictDer.encode(X509Time.encode(instant));

        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(hex);
        assertThat(X509Time.decode(ASN1Primitive.fromByteArray(encoded), "time"))
                .isEqualTo(Instant.ofEpochSecond(instant.getEpochSecond()));
    }

    /// The formatter of Bouncy Castle would write the year 2569 here.
    @Test
    void doesNotCountYearsByTheDefaultLocale() {
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("th-TH-u-ca-buddhist"));
            assertThat(X509Time.encode(Instant.parse("2026-11-22T10:00:00Z")).getTime())
                    .isEqualTo("20261122100000GMT+00:00");
        } finally {
            Locale.setDefault(locale);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2611221000Z      | notAfter: must be written YYMMDDHHMMSSZ (RFC 5280 section 4.1.2.5)
                    261122100000+0000| notAfter: must be written YYMMDDHHMMSSZ (RFC 5280 section 4.1.2.5)
                    260230100000Z    | notAfter: is not a date of the calendar
                    """)
    void refusesUtcTime(String content, String message) {
        assertThatThrownBy(() -> X509Time.decode(new ASN1UTCTime(content), "notAfter"))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    20261122100000Z   | notAfter: lies before 2050 and must be UTCTime (RFC 5280 section 4.1.2.5)
                    20501122100000.5Z | notAfter: must be written YYYYMMDDHHMMSSZ (RFC 5280 section 4.1.2.5)
                    20501322100000Z   | notAfter: is not a date of the calendar
                    """)
    void refusesGeneralizedTime(String content, String message) {
        assertThatThrownBy(() -> X509Time.decode(new ASN1GeneralizedTime(content), "notAfter"))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }
}
