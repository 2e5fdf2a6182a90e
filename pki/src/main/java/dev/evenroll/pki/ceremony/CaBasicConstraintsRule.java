package dev.evenroll.pki.ceremony;

import java.util.List;
import org.bouncycastle.asn1.x509.Extension;

/// The certificate is that of a CA, says so in a critical extension, and below one that issues to devices there is no
/// other (RFC 5280 section 4.2.1.9).
final class CaBasicConstraintsRule implements CaRule {

    @Override
    public String name() {
        return "basic-constraints";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        return examined.says(Extension.basicConstraints, true, examined.use().basicConstraints())
                ? List.of()
                : List.of("basicConstraints: must be critical, CA:TRUE"
                        + (examined.use() == CaUse.ISSUING
                                ? " with a path length of 0: no CA stands below one that issues to devices"
                                : " without a path length"));
    }
}
