package dev.evenroll.validator.registry;

import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.profile.Assigner;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The certificate profiles that a device can have, by name: those of the installation's file (docs/PROFILES.md) but
/// for those that let the holder speak for the CA about revocation. No device may: it could call a stolen certificate
/// good.
public final class Profiles {

    private static final String FIELD = "profile";

    private final Map<String, Profile> byName;
    private final AdmissibleProfiles admissible;

    private Profiles(Map<String, Profile> byName, AdmissibleProfiles admissible) {
        this.byName = Collections.unmodifiableMap(byName);
        this.admissible = admissible;
    }

    /// Of these profiles, those for devices.
    ///
    /// @param profiles each with another name
    public static Profiles of(List<Profile> profiles) {
        var byName = new LinkedHashMap<String, Profile>();
        profiles.stream()
                .filter(profile -> !profile.extendedKeyUsages().contains(KeyPurpose.OCSP_SIGNING))
                .forEach(profile -> byName.put(profile.name(), profile));
        return new Profiles(byName, AdmissibleProfiles.of(profiles));
    }

    /// The names, in the order of the file.
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// The profile of a name; empty when the file has none such.
    public Optional<Profile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// As far as policies may enter devices with them.
    public AdmissibleProfiles admissible() {
        return admissible;
    }

    /// The roles that people need, all of them, to have a device certified under the profile of a name; none when the
    /// file has none such.
    public Set<Assigner> assignersOf(String name) {
        return find(name).map(Profile::assignedBy).orElse(Set.of());
    }

    /// Whether any of them certifies ML-DSA keys (RFC 9881).
    public boolean mlDsa() {
        return byName.values().stream().anyMatch(Profile::mlDsa);
    }

    /// What keeps a device from having the profile of this name; empty when nothing does.
    public Optional<FieldProblem> problemWith(DeviceId deviceId, String name) {
        var profile = byName.get(name);
        if (profile == null) {
            return FieldRules.problem(
                    FIELD, "is \"" + name + "\", which is no profile here; give one of " + String.join(", ", names()));
        }
        var shape = profile.subject().commonName();
        return shape.fits(deviceId.value())
                ? Optional.empty()
                : FieldRules.problem(
                        FIELD,
                        "is " + name + ", whose devices have " + shape.described() + " as id, and " + deviceId
                                + " is none; give another profile, or register the device under such an id");
    }
}
