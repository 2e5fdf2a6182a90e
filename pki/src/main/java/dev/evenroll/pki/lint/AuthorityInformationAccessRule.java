package dev.evenroll.pki.lint;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;

/// The CA's certificate is where the profile says (RFC 5280 section 4.2.2.1), and not critical.
final class AuthorityInformationAccessRule implements TbsRule {
    @Override
    public String name() {
        return "authority-information-access";
    }

    @Override
    public List<String> judge(Examination examined) {
        Optional<Extension> extension = examined.extension(Extension.authorityInfoAccess);
        Optional<String> expected = examined.profile().caIssuers().map(URI::toASCIIString);
        boolean right = expected.isEmpty()
                ? extension.isEmpty()
                : extension.isPresent()
                        && !extension.get().isCritical()
                        && Examination.says(extension.get(), caIssuers(expected.get()));
        return right
                ? List.of()
                : List.of("authorityInfoAccess: must be "
                        + expected.map(url -> "caIssuers " + url).orElse("absent") + ", as the profile says");
    }

    private static AuthorityInformationAccess caIssuers(String url) {
        return new AuthorityInformationAccess(
                AccessDescription.id_ad_caIssuers, new GeneralName(GeneralName.uniformResourceIdentifier, url));
    }
}
