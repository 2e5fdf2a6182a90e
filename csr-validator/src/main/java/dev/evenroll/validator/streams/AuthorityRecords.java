package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.RegistrationAuthority;
import dev.evenroll.schemas.event.RegistrationAuthorityKind;
import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.validation.Authority;
import dev.evenroll.validator.validation.AuthorityBinding;
import dev.evenroll.validator.validation.AuthorityKind;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Registration authorities between the bytes of their topic and the domain.
///
/// The global store holds the bytes as they stand on the topic, because a restored store is filled past every
/// processor: what can not be used is sorted out here, when it is read.
final class AuthorityRecords {

    private static final Codec<RegistrationAuthority> CODEC = Codec.of(RegistrationAuthority.class);

    private AuthorityRecords() {}

    /// The entry; empty when there is none, or none that may be used: undecodable, of another environment, under
    /// another name, or of an unknown kind.
    static Optional<RegistrationAuthority> read(String name, byte @Nullable [] bytes, String environment) {
        if (bytes == null || bytes.length > EventProcessor.LARGEST_EVENT_BYTES) {
            return Optional.empty();
        }
        try {
            var entry = CODEC.decode(bytes);
            return entry.getEnvironment().equals(environment)
                            && entry.getName().equals(name)
                            && entry.getKind() != RegistrationAuthorityKind.UNKNOWN
                    ? Optional.of(entry)
                    : Optional.empty();
        } catch (UndecodableException e) {
            // As good as not there: it speaks for nobody.
            return Optional.empty();
        }
    }

    /// @param entry one that [#read] has let through
    static Authority authority(RegistrationAuthority entry) {
        return new Authority(
                entry.getName(),
                AuthorityKind.valueOf(entry.getKind().name()),
                new HashSet<>(entry.getSites()),
                new HashSet<>(entry.getManufacturers()),
                entry.getActive(),
                new AuthorityBinding(
                        new HashSet<>(entry.getCertificateSha256()), new HashSet<>(entry.getIssuerSha256())));
    }

    /// @param entry one that [#read] has let through
    static AuthorityEntry entry(RegistrationAuthority entry) {
        return new AuthorityEntry(authority(entry), entry.getActor(), entry.getRevision(), entry.getOccurredAt());
    }
}
