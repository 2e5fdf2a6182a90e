package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// What a CA is called: its file name, and the subject of its certificate, from which a person sees what it is and of
/// which environment: `O=Example Charging, CN=Example Charging Issuing CA 1 (staging)`.
///
/// @param kind a root, or a CA that issues to devices
/// @param name of its files, kebab case: `root-1`, `issuing-1`; the number stands in the subject
/// @param organization whose CA it is; empty: `Evenroll` stands in its place, and there is no `O`
public record CaName(Kind kind, AuthorityName name, Optional<String> organization, Environment environment) {

    /// What a CA does.
    public enum Kind {
        ROOT("Root CA", "root"),
        ISSUING("Issuing CA", "issuing");

        private final String words;
        private final String prefix;

        Kind(String words, String prefix) {
            this.words = words;
            this.prefix = prefix;
        }

        /// The usual name of the CA of a number: `issuing-1`.
        public AuthorityName name(int number) {
            return new AuthorityName(prefix + "-" + number);
        }

        /// The number of a usual name; empty for another one.
        public Optional<Integer> number(AuthorityName name) {
            var matcher = Pattern.compile(prefix + "-([1-9][0-9]{0,5})").matcher(name.text());
            return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
        }
    }

    private static final Pattern COMMON_NAME =
            Pattern.compile("(.+) (Root CA|Issuing CA) ([a-z0-9-]{1,64}) \\((test|staging|production)\\)");

    private static final String NOBODY = "Evenroll";

    /// ub-common-name and ub-organization-name of RFC 5280 appendix A.1.
    private static final int LONGEST = 64;

    public CaName {
        if (!Character.isLetter(name.text().charAt(0))) {
            throw new IllegalArgumentException(
                    "name: \"" + name + "\" begins with a digit; let it begin with a letter, like issuing-1");
        }
        organization.ifPresent(CaName::requireOrganization);
        var commonName = commonName(kind, name, organization, environment);
        if (commonName.length() > LONGEST) {
            throw new IllegalArgumentException("organization: \"" + commonName + "\" would be the common name, with "
                    + commonName.length() + " characters; at most " + LONGEST
                    + " are allowed (RFC 5280 appendix A.1). Give a shorter form of the organization or of the name.");
        }
    }

    private static void requireOrganization(String organization) {
        if (organization.isBlank()
                || organization.length() > LONGEST
                || !organization.strip().equals(organization)
                || organization.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("organization: \"" + organization + "\" is not 1 to " + LONGEST
                    + " characters of a name; write it as it shall stand in the certificates.");
        }
    }

    /// Reads the name from a subject that [#subject] made; empty for any other.
    public static Optional<CaName> read(X500Name subject) {
        var commonName = single(subject, BCStyle.CN);
        var organization = single(subject, BCStyle.O);
        var matcher = COMMON_NAME.matcher(commonName.orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var kind = matcher.group(2).equals(Kind.ROOT.words) ? Kind.ROOT : Kind.ISSUING;
        var last = matcher.group(3);
        try {
            var name = new AuthorityName(last.matches("[0-9]+") ? kind.prefix + "-" + last : last);
            var read = new CaName(kind, name, organization, new Environment(matcher.group(4)));
            return read.subject().equals(subject) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Reads the name from a subject.
    public static Optional<CaName> read(X500Principal subject) {
        return read(X500Name.getInstance(subject.getEncoded()));
    }

    private static Optional<String> single(X500Name name, ASN1ObjectIdentifier type) {
        RDN[] found = name.getRDNs(type);
        return found.length == 1
                        && !found[0].isMultiValued()
                        && found[0].getFirst().getValue() instanceof ASN1String text
                ? Optional.of(text.getString())
                : Optional.empty();
    }

    /// `Example Charging Issuing CA 1 (staging)`.
    public String commonName() {
        return commonName(kind, name, organization, environment);
    }

    private static String commonName(
            Kind kind, AuthorityName name, Optional<String> organization, Environment environment) {
        var last = kind.number(name).map(String::valueOf).orElse(name.text());
        return organization.orElse(NOBODY) + " " + kind.words + " " + last + " (" + environment + ")";
    }

    /// The subject of its certificate.
    public X500Name subject() {
        var subject = new X500NameBuilder();
        organization.ifPresent(owner -> subject.addRDN(BCStyle.O, new DERUTF8String(owner)));
        return subject.addRDN(BCStyle.CN, new DERUTF8String(commonName())).build();
    }

    /// The name of another CA of the same owner and environment.
    public CaName of(Kind otherKind, AuthorityName otherName) {
        return new CaName(otherKind, otherName, organization, environment);
    }
}
