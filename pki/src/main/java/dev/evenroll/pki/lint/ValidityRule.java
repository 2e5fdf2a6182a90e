package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.X509Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The validity is well written (RFC 5280 section 4.1.2.5), has begun (OCPP 2.0.1 errata 2025-01: no
/// notBefore in the future) and has not ended, lasts no longer than the profile says, and lies within that of the CA
/// and of those above it.
final class ValidityRule implements TbsRule {
    @Override
    public String name() {
        return "validity";
    }

    @Override
    public List<String> judge(Examination examined) throws MalformedException {
        Instant notBefore =
                X509Time.decode(examined.certificate().getStartDate().toASN1Primitive(), "notBefore");
        Instant notAfter = X509Time.decode(examined.certificate().getEndDate().toASN1Primitive(), "notAfter");
        var problems = new ArrayList<String>();
        if (!notBefore.isBefore(notAfter)) {
            problems.add("notAfter: " + notAfter + " does not lie after notBefore " + notBefore);
        }
        if (notBefore.isAfter(examined.now())) {
            problems.add("notBefore: " + notBefore + " lies in the future");
        }
        if (!notAfter.isAfter(examined.now())) {
            problems.add("notAfter: " + notAfter + " has passed; enroll again");
        }
        // Both ends belong to the validity.
        Duration validity = Duration.between(notBefore, notAfter).plusSeconds(1);
        if (validity.compareTo(examined.profile().validity()) > 0) {
            problems.add("notAfter: " + notAfter + " gives a validity longer than the "
                    + examined.profile().validity() + " of the profile");
        }
        if (notBefore.isBefore(examined.issuer().notBefore())) {
            problems.add("notBefore: " + notBefore + " lies before the beginning of the CA, "
                    + examined.issuer().notBefore());
        }
        if (notAfter.isAfter(examined.issuer().notAfter())) {
            problems.add("notAfter: " + notAfter + " lies after the end of the CA, "
                    + examined.issuer().notAfter());
        }
        if (examined.now().isAfter(examined.issuer().notAfter())
                || examined.now().isBefore(examined.issuer().notBefore())) {
            problems.add("issuer: the CA certificate is not valid now; renew the CA");
        }
        return problems;
    }
}
