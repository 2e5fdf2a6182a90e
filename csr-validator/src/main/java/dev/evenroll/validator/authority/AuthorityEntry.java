package dev.evenroll.validator.authority;

import dev.evenroll.validator.validation.Authority;
import java.time.Instant;

/// A registration authority as the registry holds it.
///
/// @param authority what it is and for whom it speaks
/// @param actor who changed the entry last
/// @param revision number of changes, from 1
/// @param changedAt when the entry last changed
public record AuthorityEntry(Authority authority, String actor, long revision, Instant changedAt) {

    public String name() {
        return authority.name();
    }
}
