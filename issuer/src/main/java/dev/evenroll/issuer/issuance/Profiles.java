package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The profiles that this CA issues under, by name.
public final class Profiles {

    private final Map<String, Profile> byName;

    private Profiles(Map<String, Profile> byName) {
        this.byName = byName;
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

    /// In alphabetical order of their names.
    List<Profile> all() {
        return List.copyOf(byName.values());
    }

    /// The profile, for a key of which this is known.
    Optional<Profile> find(String name, Assurance assurance) {
        return Optional.ofNullable(byName.get(name)).map(profile -> profile.assuring(assurance));
    }

    Failure unknown(String name) {
        return new Failure(
                "profile",
                "profile: \"" + name + "\" is none of this CA's profiles " + byName.keySet()
                        + "; authorize one of them, or add it to the issuer.");
    }
}
