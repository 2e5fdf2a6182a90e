package dev.evenroll.validator.administration;

import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.registry.Word;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A registration authority, as callers see it. Times are ISO 8601 in UTC.
@Schema(name = "RegistrationAuthority")
public record AuthorityView(
        String name,
        String kind,
        List<String> sites,
        List<String> manufacturers,
        boolean active,
        List<String> certificateSha256,
        List<String> issuerSha256,
        String actor,
        String changedAt,
        long revision) {

    public AuthorityView {
        sites = List.copyOf(sites);
        manufacturers = List.copyOf(manufacturers);
        certificateSha256 = List.copyOf(certificateSha256);
        issuerSha256 = List.copyOf(issuerSha256);
    }

    /// All of them, in the order of their names.
    @Schema(name = "RegistrationAuthorities")
    public record All(List<AuthorityView> registrationAuthorities) {

        public All {
            registrationAuthorities = List.copyOf(registrationAuthorities);
        }
    }

    static AuthorityView of(AuthorityEntry entry) {
        var authority = entry.authority();
        return new AuthorityView(
                entry.name(),
                Word.of(authority.kind()),
                authority.sites().stream().sorted().toList(),
                authority.manufacturers().stream().sorted().toList(),
                authority.active(),
                authority.binding().certificates().stream().sorted().toList(),
                authority.binding().issuers().stream().sorted().toList(),
                entry.actor(),
                entry.changedAt().toString(),
                entry.revision());
    }
}
