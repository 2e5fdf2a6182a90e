package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.X509Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The validity is well written (RFC 5280 section 4.1.2.5), has begun, and lies within that of the signer: a
/// certificate that outlives its root ends with it anyway, and nobody is warned.
final class CaValidityRule implements CaRule {

    @Override
    public String name() {
        return "validity";
    }

    @Override
    public List<String> judge(CaExamination examined) throws MalformedException {
        var certificate = examined.certificate();
        Instant notBefore = X509Time.decode(certificate.getStartDate().toASN1Primitive(), "notBefore");
        Instant notAfter = X509Time.decode(certificate.getEndDate().toASN1Primitive(), "notAfter");
        var problems = new ArrayList<String>();
        if (!examined.now().isBefore(notAfter)) {
            problems.add("notAfter: " + notAfter + " is over; give a longer validity");
        }
        if (notBefore.isAfter(examined.now())) {
            problems.add("notBefore: " + notBefore + " lies in the future; check the clock of this machine");
        }
        if (notBefore.isBefore(examined.signer().notBefore())) {
            problems.add("notBefore: " + notBefore + " lies before that of the root, "
                    + examined.signer().notBefore());
        }
        if (notAfter.isAfter(examined.signer().notAfter())) {
            problems.add("notAfter: " + notAfter + " lies after the end of the root, "
                    + examined.signer().notAfter() + "; give a shorter validity, or roll the root over");
        }
        return problems;
    }
}
