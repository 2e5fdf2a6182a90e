package dev.evenroll.issuer.scene;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.policy.profile.UnusableProfilesException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The profiles that certificates are made by, in tests.
public final class TestProfiles {

    public static final Profile PROFILE = Profile.chargingStation(URI.create("http://crl.example/ca.crl"));
    public static final Profiles PROFILES = Profiles.of(List.of(PROFILE));

    private TestProfiles() {}

    /// Those that are built in.
    public static Profiles builtIn() {
        return in(ProfileFile.builtIn("http://crl.example/ca.crl"));
    }

    /// Those of deploy/profiles/example.yaml: every key of the format is used.
    public static Profiles example() {
        try {
            return in(ProfileFile.open(Path.of("../deploy/profiles/example.yaml"), "http://crl.example/ca.crl"));
        } catch (IOException | UnusableProfilesException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Profiles in(ProfileFile file) {
        return Profiles.of(file.profiles().stream()
                .map(profile -> profile.in(new Environment(TestCa.ENVIRONMENT)))
                .toList());
    }
}
