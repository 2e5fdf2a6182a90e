package dev.evenroll.pki.lint;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;

/// The policies are those of the profile for this environment and this assurance of the key, without qualifiers
/// (RFC 5280 section 4.2.1.4 recommends none), and the extension is not critical.
///
/// Whoever reads a policy believes it: a software key under the policy of attested ones is not signed.
final class CertificatePoliciesRule implements TbsRule {
    @Override
    public String name() {
        return "certificate-policies";
    }

    @Override
    public List<String> judge(Examination examined) {
        Optional<Extension> extension = examined.extension(Extension.certificatePolicies);
        List<String> expected = examined.profile().certificatePolicies();
        boolean right = expected.isEmpty()
                ? extension.isEmpty()
                : extension.isPresent()
                        && !extension.get().isCritical()
                        && Examination.says(extension.get(), policies(expected));
        return right
                ? List.of()
                : List.of("certificatePolicies: must be "
                        + (expected.isEmpty() ? "absent" : String.join(" and ", expected))
                        + ", as the profile says for this environment and key");
    }

    private static CertificatePolicies policies(List<String> oids) {
        return new CertificatePolicies(oids.stream()
                .map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid)))
                .toArray(PolicyInformation[]::new));
    }
}
