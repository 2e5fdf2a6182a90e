package dev.evenroll.gateway.job;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import java.util.List;
import java.util.Optional;

/// Which jobs there are, through whichever replica they were brought. Safe for use by many threads.
public interface JobRegistry {

    /// Whether all of them are known: not before their topic has been read.
    boolean complete();

    /// The jobs of a requester, newest first.
    List<ListedJob> of(RegistrationAuthority requester);

    /// The job that a requester gave a name to.
    default Optional<ListedJob> find(RegistrationAuthority requester, String idempotencyKey) {
        return idempotencyKey.isEmpty()
                ? Optional.empty()
                : of(requester).stream()
                        .filter(listed -> listed.idempotencyKey().equals(idempotencyKey))
                        .findFirst();
    }
}
