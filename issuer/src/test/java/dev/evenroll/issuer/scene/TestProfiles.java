package dev.evenroll.issuer.scene;

import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.pki.profile.Profile;
import java.net.URI;
import java.util.List;

/// The profile that certificates of charging stations are made by, in tests.
public final class TestProfiles {

    public static final Profile PROFILE = Profile.chargingStation(URI.create("http://crl.example/ca.crl"));
    public static final Profiles PROFILES = Profiles.of(List.of(PROFILE));

    private TestProfiles() {}
}
