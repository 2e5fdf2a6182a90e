package dev.evenroll.policy.profile;

import dev.evenroll.pki.profile.Assigner;
import dev.evenroll.pki.profile.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The certificate profiles of an installation, as far as a policy may enter devices with them: those for which the
/// role of a registrar is enough. Whoever writes policies has no role, and nobody looks at each device: with any other
/// profile the first device that comes along would speak for others.
public final class AdmissibleProfiles {

    /// No policy looks at it.
    private static final String CRL_URL = "http://evenroll.ca.crl-url/{shard}";

    private final Map<String, Profile> byName;

    private AdmissibleProfiles(Map<String, Profile> byName) {
        this.byName = byName;
    }

    /// Of these profiles.
    ///
    /// @param profiles all that the installation has, each with another name
    public static AdmissibleProfiles of(List<Profile> profiles) {
        var byName = new LinkedHashMap<String, Profile>();
        profiles.forEach(profile -> byName.put(profile.name(), profile));
        return new AdmissibleProfiles(byName);
    }

    /// Of the profiles that are built in.
    public static AdmissibleProfiles builtIn() {
        return of(ProfileFile.builtIn(CRL_URL).profiles());
    }

    /// What keeps a policy from entering devices with the profile of this name; empty when nothing does.
    public Optional<String> problemWith(String name) {
        var profile = byName.get(name);
        if (profile == null) {
            return Optional.of("is \"" + name + "\", which is no profile of the installation; " + advice());
        }
        if (profile.isForResponders()) {
            return Optional.of("is " + name + ", which no device can have; " + advice());
        }
        return isForAnybody(profile)
                ? Optional.empty()
                : Optional.of("is " + name + ", which people alone give to a device (assignedBy: "
                        + profile.assignedBy().stream().map(Assigner::text).collect(Collectors.joining(", ")) + "); "
                        + advice() + ", or register such devices by hand");
    }

    private String advice() {
        var names = byName.values().stream()
                .filter(AdmissibleProfiles::isForAnybody)
                .map(Profile::name)
                .toList();
        return names.isEmpty() ? "the installation has none for policies" : "write one of " + String.join(", ", names);
    }

    private static boolean isForAnybody(Profile profile) {
        return profile.assignedBy().equals(Set.of(Assigner.REGISTRAR)) && !profile.isForResponders();
    }
}
