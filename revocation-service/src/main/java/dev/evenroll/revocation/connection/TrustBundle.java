package dev.evenroll.revocation.connection;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.path.IssuingAuthorities;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;

/// The CA certificates that a TLS front needs to verify devices: of every CA of the environment, the former, the active
/// and the next one, with its root, and what leads from one root to another.
///
/// @param members each certificate once: issuing CAs, roots, cross certificates
/// @param version changes when the members do: 16 hexadecimal digits
public record TrustBundle(List<Member> members, String version) {

    /// What a certificate is for.
    public enum Role {
        ISSUING("issuing"),
        ROOT("root"),
        CROSS("cross");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// A certificate of the bundle.
    public record Member(Role role, X509Certificate certificate) {}

    private static final int VERSION_DIGITS = 16;

    public TrustBundle {
        members = List.copyOf(members);
    }

    /// The bundle of an environment's CAs.
    public static TrustBundle of(IssuingAuthorities authorities) {
        var members = new ArrayList<Member>();
        var seen = new HashSet<X509Certificate>();
        var issuing = new HashSet<X509Certificate>();
        authorities.newestFirst().forEach(each -> issuing.add(each.certificate()));
        var cross = new HashSet<>(authorities.cross());
        for (var certificate : authorities.certificates()) {
            if (seen.add(certificate)) {
                members.add(new Member(
                        issuing.contains(certificate)
                                ? Role.ISSUING
                                : cross.contains(certificate) || !selfIssued(certificate) ? Role.CROSS : Role.ROOT,
                        certificate));
            }
        }
        return new TrustBundle(members, version(members));
    }

    private static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String version(List<Member> members) {
        var digest = BouncyCastle.sha256();
        members.forEach(member ->
                digest.update(Certificates.sha256(member.certificate()).getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    /// All of them, one PEM block each.
    public String pem() {
        return Pem.encode(members.stream().map(Member::certificate).toList());
    }
}
