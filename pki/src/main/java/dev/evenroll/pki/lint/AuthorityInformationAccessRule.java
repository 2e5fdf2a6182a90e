package dev.evenroll.pki.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;

/// The OCSP responder (RFC 6960 section 3.1) and the CA's certificate (RFC 5280 section 4.2.2.1) are where the
/// profile says, in this order, and the extension is not critical.
final class AuthorityInformationAccessRule implements TbsRule {
    @Override
    public String name() {
        return "authority-information-access";
    }

    @Override
    public List<String> judge(Examination examined) {
        Optional<Extension> extension = examined.extension(Extension.authorityInfoAccess);
        String issuer = examined.issuer().keyId();
        var expected = new ArrayList<AccessDescription>();
        var words = new ArrayList<String>();
        examined.profile().ocsp(issuer).ifPresent(url -> {
            expected.add(new AccessDescription(AccessDescription.id_ad_ocsp, address(url)));
            words.add("ocsp " + url);
        });
        examined.profile().caIssuers(issuer).ifPresent(url -> {
            expected.add(new AccessDescription(AccessDescription.id_ad_caIssuers, address(url)));
            words.add("caIssuers " + url);
        });
        boolean right = expected.isEmpty()
                ? extension.isEmpty()
                : extension.isPresent()
                        && !extension.get().isCritical()
                        && Examination.says(
                                extension.get(),
                                new AuthorityInformationAccess(expected.toArray(AccessDescription[]::new)));
        return right
                ? List.of()
                : List.of("authorityInfoAccess: must be " + (words.isEmpty() ? "absent" : String.join(" and ", words))
                        + ", as the profile says");
    }

    private static GeneralName address(String url) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, url);
    }
}
