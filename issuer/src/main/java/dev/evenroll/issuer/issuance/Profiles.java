package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The profiles that this CA issues under, by name.
public final class Profiles {

    private final Map<String, Profile> byName;
    /// One each, so that whoever remembers something of a profile meets it again.
    private final Map<Assurance, Map<String, Profile>> assured;

    private Profiles(Map<String, Profile> byName) {
        this.byName = byName;
        this.assured = Arrays.stream(Assurance.values())
                .collect(Collectors.toMap(Function.identity(), assurance -> assuring(byName, assurance)));
    }

    private static Map<String, Profile> assuring(Map<String, Profile> byName, Assurance assurance) {
        return byName.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().assuring(assurance)));
    }

    public static Profiles of(List<Profile> profiles) {
        return new Profiles(profiles.stream()
                .collect(Collectors.toMap(
                        Profile::name,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalArgumentException("Two profiles have the name " + one.name() + ".");
                        },
                        TreeMap::new)));
    }

    /// In alphabetical order.
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// Why so many CAs can not issue under them: a list is of one CA, so each needs a URL of its own. Empty when they
    /// can.
    public Optional<String> problemWith(int authorities) {
        return authorities < 2
                ? Optional.empty()
                : byName.values().stream()
                        .flatMap(profile -> profile.crlDistributionPoint().stream()
                                .filter(url -> !url.text().contains("{issuer}"))
                                .map(url -> "The revocation list of the profile " + profile.name() + ", " + url.text()
                                        + ", is the same for all " + authorities
                                        + " CAs; write {issuer} into evenroll.ca.crl-url, or into the"
                                        + " crlDistributionPoint of the profile."))
                        .findFirst();
    }

    /// How their certificates name the revocation lists.
    public ShardAddresses shardAddresses() {
        return ShardAddresses.of(all());
    }

    /// In alphabetical order of their names.
    List<Profile> all() {
        return List.copyOf(byName.values());
    }

    /// The profile, for a key of which this is known.
    Optional<Profile> find(String name, Assurance assurance) {
        return Optional.ofNullable(assured.getOrDefault(assurance, Map.of()).get(name));
    }

    /// The profile of OCSP responders that no list has to vouch for: the first one by name.
    Optional<Profile> ofResponder() {
        return byName.values().stream()
                .filter(profile -> profile.isForResponders() && profile.ocspNocheck())
                .findFirst();
    }

    static Failure onlyForResponders(AuthorizedEnrollment enrollment) {
        return new Failure(
                "profile",
                "profile: \"" + enrollment.profile()
                        + "\" is for OCSP responders, which no device is; authorize another one");
    }

    Failure unknown(String name) {
        return new Failure(
                "profile",
                "profile: \"" + name + "\" is none of this CA's profiles " + byName.keySet()
                        + "; authorize one of them, or add it to the issuer.");
    }
}
