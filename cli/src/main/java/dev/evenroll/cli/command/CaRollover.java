package dev.evenroll.cli.command;

import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CaOverview;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which CA comes after which: what a roll-over finds in a directory, and what it takes up again when it was
/// interrupted.
record CaRollover(Ceremony ceremony) {

    /// The issuing CA before: the active one.
    CaOverview previous() throws CeremonyException, IOException {
        return issuing().stream()
                .filter(ca -> ca.state() == CaOverview.State.ACTIVE)
                .findFirst()
                .orElseThrow(() -> new CeremonyException("No issuing CA is active in "
                        + ceremony.directory().path()
                        + ", so there is none to roll over; finish the one that waits with `evenroll ca install`."));
    }

    private List<CaOverview> issuing() throws CeremonyException, IOException {
        return CaOverview.of(ceremony.directory(), ceremony.now()).stream()
                .filter(ca -> ca.kind() == CaName.Kind.ISSUING)
                .toList();
    }

    /// The name of the next issuing CA: of one that was begun, or with the next number.
    CaName next(CaOverview previous, Optional<AuthorityName> wanted, Instant activeFrom)
            throws CeremonyException, IOException {
        var owner = previous.certificate()
                .flatMap(certificate -> CaName.read(certificate.getSubjectX500Principal()))
                .orElseThrow(() -> new CeremonyException("The active CA " + previous.name()
                        + " was not named by `evenroll ca`, so its next one can not be named after it; make it with"
                        + " `evenroll ca init --root-offline --name`."));
        requireTime(previous, activeFrom);
        if (wanted.isPresent()) {
            return owner.of(CaName.Kind.ISSUING, wanted.get());
        }
        int highest = 0;
        for (var ca : issuing()) {
            var number = CaName.Kind.ISSUING.number(ca.name());
            boolean begun = ca.state() == CaOverview.State.WAITING;
            boolean same = ca.state() == CaOverview.State.NEXT
                    && ca.activeFrom().filter(activeFrom::equals).isPresent();
            if (begun || same) {
                return owner.of(CaName.Kind.ISSUING, ca.name());
            }
            if (ca.state() == CaOverview.State.NEXT) {
                throw new CeremonyException(ca.name() + " is the next CA already, active from "
                        + ca.activeFrom().map(String::valueOf).orElse("-")
                        + ". `evenroll ca activate` changes that time; give --name to make another one.");
            }
            highest = Math.max(highest, number.orElse(0));
        }
        return owner.of(CaName.Kind.ISSUING, CaName.Kind.ISSUING.name(highest + 1));
    }

    private void requireTime(CaOverview previous, Instant activeFrom) throws CeremonyException {
        if (previous.activeFrom().filter(activeFrom::isAfter).isEmpty()) {
            throw new CeremonyException("active-from: " + activeFrom + " does not lie after that of " + previous.name()
                    + ", " + previous.activeFrom().map(String::valueOf).orElse("-") + "; give a later time.");
        }
        var end = previous.certificate()
                .map(X509Certificate::getNotAfter)
                .orElseThrow()
                .toInstant();
        if (activeFrom.isAfter(end)) {
            throw new CeremonyException("active-from: " + activeFrom + " lies after the end of " + previous.name()
                    + ", " + end + "; in between nobody would issue. Give an earlier time.");
        }
    }

    /// From when on it is active: what was said when it was begun, or what is said now.
    Instant activeFrom(CaName next, Instant wanted) throws CeremonyException {
        var key = ceremony.keys().get(next.name());
        return key == null ? wanted : key.activeFrom();
    }

    /// The type of a CA's key.
    static KeyType type(CaOverview previous) {
        return previous.certificate()
                .flatMap(certificate -> KeyType.of(certificate.getPublicKey()))
                .orElse(KeyType.P_256);
    }

    /// A root, and the one that takes its place.
    ///
    /// @param placeOfPrevious where its key is
    record Roots(AuthorityName previousName, KeyPlace placeOfPrevious, CaName next) {}

    /// The roots of a roll-over. The newest root here is the next one when it has certified nothing yet, and another
    /// one is here: then it was begun.
    Roots roots() throws CeremonyException, MalformedException, IOException {
        var keys = ceremony.rootKeys();
        var here = new ArrayList<>(ceremony.directory().roots().entrySet());
        here.removeIf(root -> !keys.containsKey(root.getKey()));
        here.sort(Comparator.comparing((Map.Entry<AuthorityName, X509Certificate> root) ->
                        root.getValue().getNotBefore().toInstant())
                .thenComparing(Map.Entry::getKey));
        if (here.isEmpty()) {
            throw new CeremonyException(
                    "The key of the root is not in " + ceremony.directory().path()
                            + ". Where it is: evenroll ca rollover --root-only. Then here, without --root: evenroll ca rollover.");
        }
        boolean begun = here.size() > 1 && !hasCertified(here.getLast().getValue());
        var previous = begun ? here.get(here.size() - 2) : here.getLast();
        var name = CaName.read(previous.getValue().getSubjectX500Principal())
                .orElseThrow(() -> new CeremonyException(
                        "The root " + previous.getKey() + " was not named by `evenroll ca`; restore its certificate."));
        int highest = keys.keySet().stream()
                .mapToInt(root -> CaName.Kind.ROOT.number(root).orElse(0))
                .max()
                .orElse(0);
        // One whose file is there without a certificate was begun, too.
        var unfinished = keys.keySet().stream()
                .filter(root -> here.stream().noneMatch(done -> done.getKey().equals(root)))
                .findFirst();
        var next = begun ? here.getLast().getKey() : unfinished.orElseGet(() -> CaName.Kind.ROOT.name(highest + 1));
        var place = keys.get(previous.getKey());
        if (place == null) {
            throw new IllegalStateException("roots without a key were left out");
        }
        return new Roots(previous.getKey(), place.place(), name.of(CaName.Kind.ROOT, next));
    }

    private boolean hasCertified(X509Certificate root) throws MalformedException, IOException {
        var directory = ceremony.directory();
        return directory.chains().values().stream()
                        .anyMatch(chain -> chain.getLast().equals(root))
                || directory.issued().values().stream()
                        .anyMatch(chain -> chain.getLast().equals(root));
    }
}
