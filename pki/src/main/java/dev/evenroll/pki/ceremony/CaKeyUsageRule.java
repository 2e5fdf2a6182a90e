package dev.evenroll.pki.ceremony;

import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/// The key signs certificates and revocation lists, and nothing else (RFC 5280 section 4.2.1.3).
final class CaKeyUsageRule implements CaRule {

    @Override
    public String name() {
        return "key-usage";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        return examined.says(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                ? List.of()
                : List.of("keyUsage: must be critical, keyCertSign and cRLSign, nothing else");
    }
}
