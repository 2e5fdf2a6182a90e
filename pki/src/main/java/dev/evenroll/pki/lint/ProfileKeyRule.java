package dev.evenroll.pki.lint;

import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.Profile;
import java.util.List;
import java.util.stream.Collectors;

/// The key is of a kind that the profile names (RFC 5280 section 4.1.2.7; ISO 15118-2 and -20 for contract and
/// controller certificates: what a reader can not verify with is not certified for him).
///
/// Whether any profile could have it, [PublicKeyRule] says.
final class ProfileKeyRule implements TbsRule {
    @Override
    public String name() {
        return "profile-key";
    }

    @Override
    public List<String> judge(Examination examined) {
        Profile profile = examined.profile();
        return KeyKind.of(examined.certificate().getSubjectPublicKeyInfo())
                // Where no ML-DSA key is certified, that rule says so.
                .filter(kind -> !profile.keys().contains(kind) && (profile.mlDsa() || !kind.isMlDsa()))
                .map(kind -> List.of("subjectPublicKeyInfo: " + kind.text() + " is no key of the profile "
                        + profile.name() + "; make one of "
                        + profile.keys().stream().map(KeyKind::text).collect(Collectors.joining(", "))))
                .orElse(List.of());
    }
}
