package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.X509Time;
import java.time.Instant;
import java.util.List;

/// The certificate ends no earlier than the jitter of the profile lets it, or with the CA (RFC 5280 section 4.1.2.5):
/// whoever plans renewals by the profile can rely on it.
///
/// That it ends no later is said by [ValidityRule].
final class JitterRule implements TbsRule {
    @Override
    public String name() {
        return "jitter";
    }

    @Override
    public List<String> judge(Examination examined) {
        try {
            return judge(
                    examined,
                    X509Time.decode(examined.certificate().getStartDate().toASN1Primitive(), "notBefore"),
                    X509Time.decode(examined.certificate().getEndDate().toASN1Primitive(), "notAfter"));
        } catch (MalformedException e) {
            // ValidityRule says so.
            return List.of();
        }
    }

    private static List<String> judge(Examination examined, Instant notBefore, Instant notAfter) {
        Instant earliest = notBefore
                .plus(examined.profile().validity())
                .minus(examined.profile().jitter())
                .minusSeconds(1);
        return notAfter.isBefore(earliest) && !notAfter.equals(examined.issuer().notAfter())
                ? List.of("notAfter: " + notAfter + " lies before " + earliest + ", the earliest end that the validity "
                        + examined.profile().validity() + " and the jitter "
                        + examined.profile().jitter() + " of the profile give")
                : List.of();
    }
}
