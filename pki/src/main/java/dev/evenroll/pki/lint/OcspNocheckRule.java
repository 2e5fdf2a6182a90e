package dev.evenroll.pki.lint;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;

/// id-pkix-ocsp-nocheck is there where the profile says so, NULL and not critical (RFC 6960 section 4.2.2.2.1), and
/// nowhere else: nobody asks whether such a certificate is revoked.
final class OcspNocheckRule implements TbsRule {
    @Override
    public String name() {
        return "ocsp-nocheck";
    }

    @Override
    public List<String> judge(Examination examined) {
        Optional<Extension> extension = examined.extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck);
        if (!examined.profile().ocspNocheck()) {
            return extension.isEmpty()
                    ? List.of()
                    : List.of("id-pkix-ocsp-nocheck: must be absent, as the profile says");
        }
        return extension.isPresent()
                        && !extension.get().isCritical()
                        && Examination.says(extension.get(), DERNull.INSTANCE)
                ? List.of()
                : List.of("id-pkix-ocsp-nocheck: must be present, NULL and not critical, as the profile says");
    }
}
