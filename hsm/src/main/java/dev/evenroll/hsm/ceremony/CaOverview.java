package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.authority.UnusableAuthorityKeysException;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// A CA of a directory as it is now.
///
/// @param kind what it does
/// @param state see [State]
/// @param activeFrom empty for a root, and for a CA whose key is not here
/// @param key where its key is, in words
/// @param place where its key is; empty when it is not here
/// @param chain its certificate first; empty while that is under way
/// @param request what waits; empty when nothing was carried
public record CaOverview(
        AuthorityName name,
        CaName.Kind kind,
        State state,
        Optional<Instant> activeFrom,
        String key,
        Optional<KeyPlace> place,
        List<X509Certificate> chain,
        Optional<CaRequest> request) {

    /// What a CA does now.
    public enum State {
        ROOT("root"),
        ACTIVE("active"),
        NEXT("next"),
        FORMER("former"),
        WAITING("waiting for its certificate"),
        WITHOUT_KEY("key elsewhere");

        private final String words;

        State(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public CaOverview {
        chain = List.copyOf(chain);
    }

    /// Its certificate.
    public Optional<X509Certificate> certificate() {
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getFirst());
    }

    /// The CAs of a directory: the roots whose keys are here, then the issuing CAs, by name.
    ///
    /// @param now decides which one is active
    public static List<CaOverview> of(CeremonyDirectory directory, Instant now) throws CeremonyException, IOException {
        try {
            var all = new ArrayList<CaOverview>();
            var rootKeys = directory.rootKeys();
            Ceremony.files(directory::roots).forEach((name, root) -> {
                var key = Optional.ofNullable(rootKeys.get(name));
                all.add(new CaOverview(
                        name,
                        CaName.Kind.ROOT,
                        State.ROOT,
                        Optional.empty(),
                        words(key),
                        key.map(AuthorityKey::place),
                        List.of(root),
                        Optional.empty()));
            });
            all.addAll(issuing(directory, now));
            return all;
        } catch (UnusableAuthorityKeysException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<CaOverview> issuing(CeremonyDirectory directory, Instant now)
            throws CeremonyException, IOException, UnusableAuthorityKeysException {
        var keys = directory.keys();
        var chains = Ceremony.files(directory::chains);
        var active = active(keys, chains, now);
        var names = new TreeSet<>(keys.keySet());
        names.addAll(chains.keySet());
        var all = new ArrayList<CaOverview>();
        for (var name : names) {
            var key = Optional.ofNullable(keys.get(name));
            var chain = chains.getOrDefault(name, List.of());
            all.add(new CaOverview(
                    name,
                    CaName.Kind.ISSUING,
                    state(name, key, !chain.isEmpty(), active, now),
                    key.map(AuthorityKey::activeFrom),
                    words(key),
                    key.map(AuthorityKey::place),
                    chain,
                    Ceremony.files(() -> directory.request(name))));
        }
        return all;
    }

    /// Of those with a certificate, the one with the newest time that is not in the future.
    private static Optional<AuthorityName> active(
            SortedMap<AuthorityName, AuthorityKey> keys,
            Map<AuthorityName, List<X509Certificate>> chains,
            Instant now) {
        return keys.values().stream()
                .filter(key -> chains.containsKey(key.name()))
                .filter(key -> !key.activeFrom().isAfter(now))
                .max(Comparator.comparing(AuthorityKey::activeFrom))
                .map(AuthorityKey::name);
    }

    private static State state(
            AuthorityName name,
            Optional<AuthorityKey> key,
            boolean certified,
            Optional<AuthorityName> active,
            Instant now) {
        if (key.isEmpty()) {
            return State.WITHOUT_KEY;
        }
        if (!certified) {
            return State.WAITING;
        }
        if (active.filter(name::equals).isPresent()) {
            return State.ACTIVE;
        }
        return key.get().activeFrom().isAfter(now) ? State.NEXT : State.FORMER;
    }

    private static String words(Optional<AuthorityKey> key) {
        return key.map(AuthorityKey::place).map(CaKey::words).orElse("elsewhere");
    }
}
