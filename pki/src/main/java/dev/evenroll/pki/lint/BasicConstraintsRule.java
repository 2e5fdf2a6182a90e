package dev.evenroll.pki.lint;

import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/// The certificate is not a CA, and says so in a critical extension (RFC 5280 section 4.2.1.9).
///
/// A signer that copied this extension from the request would hand out CA certificates.
final class BasicConstraintsRule implements TbsRule {
    @Override
    public String name() {
        return "basic-constraints";
    }

    @Override
    public List<String> judge(Examination examined) {
        Extension extension = examined.extension(Extension.basicConstraints).orElse(null);
        if (extension == null || !extension.isCritical()) {
            return List.of("basicConstraints: must be present and critical");
        }
        return Examination.says(extension, new BasicConstraints(false))
                ? List.of()
                : List.of("basicConstraints: must be CA:FALSE without a path length; a device is no CA");
    }
}
