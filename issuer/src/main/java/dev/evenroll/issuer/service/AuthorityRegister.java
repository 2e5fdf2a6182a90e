package dev.evenroll.issuer.service;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.AuthorityKeyReader;
import dev.evenroll.hsm.authority.UnusableAuthorityKeysException;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.path.AuthorityDirectory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CAs of this issuer, as the directory of CAs has them: those with a chain and a key file.
///
/// | state of a CA | when |
/// |---|---|
/// | next | its `active-from` lies in the future |
/// | active | of those whose `active-from` has passed, the newest |
/// | former | the others: they sign what was prepared for them, and their CRLs |
///
/// The files are read again while the process runs ([#refresh]): a CA that comes is taken up, one that goes is closed,
/// and what can not be used leaves those before it in force.
final class AuthorityRegister implements Authorities, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityRegister.class);

    /// Opens the key of a CA.
    interface Opening {
        HeldAuthority open(AuthorityKey key, IssuingCertificate certificate);
    }

    private final Path directory;
    private final AuthorityDirectory chains;
    private final InstantSource clock;
    private final Opening opening;
    private volatile NavigableMap<AuthorityName, HeldAuthority> held = new TreeMap<>();
    private volatile List<String> problems = List.of();

    private AuthorityRegister(Path directory, AuthorityDirectory chains, InstantSource clock, Opening opening) {
        this.directory = directory;
        this.chains = chains;
        this.clock = clock;
        this.opening = opening;
    }

    /// Reads the directory for the first time. No key is used yet.
    ///
    /// @throws IllegalArgumentException when it can not be used, with what to do
    static AuthorityRegister open(Path directory, InstantSource clock, Opening opening) {
        var register = new AuthorityRegister(directory, AuthorityDirectory.open(directory), clock, opening);
        try {
            register.take(AuthorityKeyReader.read(directory));
        } catch (UnusableAuthorityKeysException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (register.held.isEmpty()) {
            throw new IllegalArgumentException(register.withoutKey());
        }
        return register;
    }

    /// Looks at the directory again.
    synchronized void refresh() {
        var found = new ArrayList<String>();
        chains.refresh();
        chains.problem().ifPresent(found::add);
        try {
            found.addAll(take(AuthorityKeyReader.read(directory)));
        } catch (UnusableAuthorityKeysException e) {
            found.add(String.valueOf(e.getMessage()));
        }
        if (!found.equals(problems)) {
            found.forEach(problem ->
                    LOG.atWarn().addKeyValue("problem", problem).log("The directory of CAs is not in force as it is"));
            problems = List.copyOf(found);
        }
    }

    /// Takes up what came, closes what went.
    ///
    /// @return what is passed over, and why
    private List<String> take(Map<AuthorityName, AuthorityKey> keys) {
        var certificates = chains.current().byName();
        var passedOver = new ArrayList<String>();
        var next = new TreeMap<AuthorityName, HeldAuthority>();
        keys.forEach((name, key) -> {
            var certificate = certificates.get(name);
            if (certificate == null) {
                passedOver.add("The CA " + name + " has a key, but no certificate yet; install its chain as "
                        + directory.resolve("chains").resolve(name + ".pem")
                        + " before " + key.activeFrom() + ".");
            } else {
                next.put(name, kept(key, certificate));
            }
        });
        if (next.isEmpty() && !held.isEmpty()) {
            passedOver.add(withoutKey());
            return passedOver;
        }
        swap(next);
        return passedOver;
    }

    private HeldAuthority kept(AuthorityKey key, IssuingCertificate certificate) {
        var former = held.get(key.name());
        return former != null && former.is(key, certificate) ? former : opening.open(key, certificate);
    }

    private void swap(NavigableMap<AuthorityName, HeldAuthority> next) {
        var former = held;
        held = next;
        next.forEach((name, authority) -> {
            if (former.get(name) != authority) {
                LOG.atInfo()
                        .addKeyValue("ca", name)
                        .addKeyValue("keyId", authority.authority().keyId())
                        .addKeyValue("activeFrom", authority.activeFrom())
                        .addKeyValue(
                                "notAfter", authority.authority().certificate().certificateNotAfter())
                        .addKeyValue("key", authority.authority().key().description())
                        .log("CA taken up");
                authority.start();
            }
        });
        former.forEach((name, authority) -> {
            if (next.get(name) != authority) {
                LOG.atInfo()
                        .addKeyValue("ca", name)
                        .addKeyValue("keyId", authority.authority().keyId())
                        .log("CA closed");
                authority.close();
            }
        });
    }

    private String withoutKey() {
        return "No CA in " + directory + " has both a chain (chains/<name>.pem) and a key file "
                + "(keys/<name>.properties) of the same name; make a CA, or correct the path.";
    }

    @Override
    public Optional<Authority> active() {
        return activeHeld().map(HeldAuthority::authority);
    }

    /// The active one with what is known of it.
    Optional<HeldAuthority> activeHeld() {
        var now = clock.instant();
        return held.values().stream()
                .filter(each -> !each.activeFrom().isAfter(now))
                .max(Comparator.comparing(HeldAuthority::activeFrom));
    }

    /// A CA that another replica has taken up already is looked for in the directory before it is said not to be
    /// there.
    @Override
    public Optional<Authority> ofKeyId(String keyId) {
        var known = find(keyId);
        if (known.isPresent()) {
            return known;
        }
        refresh();
        return find(keyId);
    }

    private Optional<Authority> find(String keyId) {
        return held.values().stream()
                .map(HeldAuthority::authority)
                .filter(authority -> authority.keyId().equals(keyId))
                .findFirst();
    }

    @Override
    public Optional<String> givenUp(Authority authority) {
        var active = activeHeld();
        return active.filter(other -> !other.authority().keyId().equals(authority.keyId()))
                .flatMap(other -> Optional.ofNullable(held.get(authority.name()))
                        .filter(each -> !each.activeFrom().isAfter(clock.instant()))
                        .flatMap(HeldAuthority::lost)
                        .map(lost -> "The CA " + authority.name() + " has made way for "
                                + other.authority().name() + ", and " + lost));
    }

    @Override
    public Optional<String> outOfService(Authority authority) {
        var other = activeHeld().filter(active -> !active.authority().keyId().equals(authority.keyId()));
        return other.flatMap(_ -> Optional.ofNullable(held.get(authority.name())))
                .flatMap(HeldAuthority::problem)
                .map(problem ->
                        "The CA " + authority.name() + " is not the active one and can not sign now: " + problem);
    }

    @Override
    public String names() {
        return held.values().stream()
                .map(each -> each.authority().toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// Where the files are.
    Path directory() {
        return directory;
    }

    /// All of them, by name.
    Collection<HeldAuthority> all() {
        return held.values();
    }

    /// How many signatures a key of those here makes at a time, so that none of its sessions waits for another's
    /// certificate.
    int signatures() {
        return all().stream()
                .mapToInt(authority -> authority.authority().key().concurrency())
                .max()
                .orElse(1);
    }

    /// `active`, `next` or `former`.
    String state(HeldAuthority authority) {
        if (activeHeld().filter(active -> active == authority).isPresent()) {
            return "active";
        }
        return authority.activeFrom().isAfter(clock.instant()) ? "next" : "former";
    }

    /// Why nothing can be issued now; empty when it can. Costs no signature.
    Optional<String> problem() {
        return activeHeld()
                .map(HeldAuthority::problem)
                .orElseGet(() -> Optional.of("No CA is active before "
                        + held.values().stream()
                                .map(HeldAuthority::activeFrom)
                                .min(Comparator.naturalOrder())
                                .orElseThrow()
                        + "; wait, or set an earlier active-from."));
    }

    /// What of the directory is not in force, and why.
    List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        held.values().parallelStream().forEach(HeldAuthority::close);
    }
}
