package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
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
    public List<String> judge(Examination examined) throws MalformedException {
        Extension extension = examined.extension(Extension.authorityInfoAccess).orElse(null);
        Optional<String> expected = examined.profile().caIssuers().map(URI::toASCIIString);
        Optional<String> actual = extension == null ? Optional.empty() : Optional.of(address(extension));
        return actual.equals(expected) && (extension == null || !extension.isCritical())
                ? List.of()
                : List.of("authorityInfoAccess: must be "
                        + expected.map(url -> "caIssuers " + url).orElse("absent") + ", as the profile says");
    }

    private static String address(Extension extension) throws MalformedException {
        AccessDescription[] descriptions = AuthorityInformationAccess.getInstance(Examination.value(extension))
                .getAccessDescriptions();
        if (descriptions.length != 1 || !descriptions[0].getAccessMethod().equals(AccessDescription.id_ad_caIssuers)) {
            return "";
        }
        GeneralName location = descriptions[0].getAccessLocation();
        return location.getTagNo() == GeneralName.uniformResourceIdentifier
                ? location.getName().toString()
                : "";
    }
}
