package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;

/// The extended key usage is that of the profile, and absent where the profile has none (RFC 5280 section
/// 4.2.1.12; OCPP 2.0.1 A00.FR.514).
final class ExtendedKeyUsageRule implements TbsRule {
    @Override
    public String name() {
        return "extended-key-usage";
    }

    @Override
    public List<String> judge(Examination examined) throws MalformedException {
        List<String> expected = examined.profile().extendedKeyUsages();
        Extension extension = examined.extension(Extension.extendedKeyUsage).orElse(null);
        if (extension == null) {
            return expected.isEmpty()
                    ? List.of()
                    : List.of("extendedKeyUsage: must be that of the profile "
                            + examined.profile().name());
        }
        List<String> actual = Arrays.stream(ExtendedKeyUsage.getInstance(Examination.value(extension))
                        .getUsages())
                .map(purpose -> purpose.getId())
                .toList();
        return actual.equals(expected) && !extension.isCritical()
                ? List.of()
                : List.of("extendedKeyUsage: is not that of the profile "
                        + examined.profile().name());
    }
}
