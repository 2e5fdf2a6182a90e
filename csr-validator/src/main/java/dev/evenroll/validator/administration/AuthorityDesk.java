package dev.evenroll.validator.administration;

import dev.evenroll.validator.authority.AuthorityDirectory;
import dev.evenroll.validator.authority.AuthorityDraft;
import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.authority.AuthorityLog;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import dev.evenroll.validator.validation.Authority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Enters and changes registration authorities, one after the other: there are few.
///
/// All calls about one name come to one replica ([Replicas]); while its partition is moved, the last one wins.
@Singleton
final class AuthorityDesk {

    private static final List<String> FIELDS =
            List.of("kind", "sites", "manufacturers", "active", "certificateSha256", "issuerSha256");
    /// What an authority shows beside that may be sent back.
    private static final Set<String> SHOWN = Set.of("name", "actor", "changedAt", "revision");

    private final AuthorityDirectory directory;
    private final AuthorityLog log;
    private final Patience patience;
    private final InstantSource clock;
    private final Lock oneAtATime = new ReentrantLock();

    AuthorityDesk(AuthorityDirectory directory, AuthorityLog log, Patience patience, InstantSource clock) {
        this.directory = directory;
        this.log = log;
        this.patience = patience;
        this.clock = clock;
    }

    Response show(String name, Call call) throws CallRefusedException, RegistryUnavailableException {
        var entry = directory
                .find(name)
                .orElseThrow(() -> new CallRefusedException(
                        Response.Status.NOT_FOUND,
                        "The registration authority " + name
                                + " is not known; enter it with PUT /registration-authorities/" + name + "."));
        return call.precondition().ofRead(entry.revision(), shown(Response.Status.OK, entry));
    }

    Response list() throws RegistryUnavailableException {
        return Response.ok(new AuthorityView.All(
                        directory.list().stream().map(AuthorityView::of).toList()))
                .build();
    }

    Response put(String name, String body, Call call) throws CallRefusedException, RegistryUnavailableException {
        var authority = read(name, body);
        var precondition = call.precondition();
        oneAtATime.lock();
        try {
            var before = directory.find(name);
            check(name, before, precondition);
            if (before.filter(entry -> entry.authority().equals(authority)).isPresent()) {
                return shown(Response.Status.OK, before.get());
            }
            var entry = new AuthorityEntry(
                    authority,
                    call.actor(),
                    before.map(AuthorityEntry::revision).orElse(0L) + 1,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            log.append(entry);
            var kept = patience.await(
                    "The registration authority " + name,
                    () -> directory.find(name).filter(entry::equals));
            return shown(before.isEmpty() ? Response.Status.CREATED : Response.Status.OK, kept);
        } finally {
            oneAtATime.unlock();
        }
    }

    private static Authority read(String name, String body) throws CallRefusedException {
        var fields = JsonFields.of(body, FIELDS, SHOWN);
        var draft = new AuthorityDraft(
                name,
                fields.text("kind"),
                fields.texts("sites"),
                fields.texts("manufacturers"),
                fields.flag("active"),
                fields.texts("certificateSha256"),
                fields.texts("issuerSha256"));
        draft.problems().forEach(fields::add);
        fields.check();
        return draft.authority();
    }

    private static void check(String name, Optional<AuthorityEntry> before, Precondition precondition)
            throws CallRefusedException {
        var revision = before.map(AuthorityEntry::revision).orElse(0L);
        var expected = precondition.expected(revision);
        if ((expected != null && !expected.equals(revision)) || (precondition.isForExisting() && before.isEmpty())) {
            throw new CallRefusedException(
                    Response.Status.PRECONDITION_FAILED,
                    "The registration authority " + name
                            + (revision == 0 ? " is not there" : " has the revision " + revision)
                            + "; read it again and decide anew.");
        }
    }

    private static Response shown(Response.StatusType status, AuthorityEntry entry) {
        return Response.status(status)
                .tag(new EntityTag(Long.toString(entry.revision())))
                .entity(AuthorityView.of(entry))
                .build();
    }
}
