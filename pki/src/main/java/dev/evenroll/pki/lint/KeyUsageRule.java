package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.profile.KeyUsage;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.Extension;

/// The key usage is critical and that of the profile (RFC 5280 section 4.2.1.3, OCPP 2.0.1 A00.FR.512), less what keys
/// of this kind can not do ([KeyUsage#fits]).
final class KeyUsageRule implements TbsRule {
    @Override
    public String name() {
        return "key-usage";
    }

    @Override
    public List<String> judge(Examination examined) throws MalformedException {
        Extension extension = examined.extension(Extension.keyUsage).orElse(null);
        if (extension == null || !extension.isCritical()) {
            return List.of("keyUsage: must be present and critical");
        }
        ASN1BitString usage = ASN1BitString.getInstance(Examination.value(extension));
        int expected = examined.profile().keyUsages(examined.certificate().getSubjectPublicKeyInfo()).stream()
                .mapToInt(KeyUsage::bit)
                .sum();
        byte[] octets = usage.getBytes();
        return octets.length == 1
                        && (octets[0] & 0xff) == expected
                        && usage.getPadBits() == Integer.numberOfTrailingZeros(expected)
                ? List.of()
                : List.of("keyUsage: is not that of the profile "
                        + examined.profile().name());
    }
}
