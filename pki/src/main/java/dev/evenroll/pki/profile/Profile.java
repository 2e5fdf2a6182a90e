package dev.evenroll.pki.profile;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What every certificate of one kind says beyond its key, its name and its serial number. Checked: an
/// instance can be issued by.
///
/// A request decides none of this: extensions that it asks for are never copied.
public final class Profile {
    private static final String CHARGING_STATION = "charging-station";

    private final String name;
    private final Duration validity;
    private final Duration backdate;
    private final Set<KeyUsage> keyUsages;
    private final List<String> extendedKeyUsages;
    private final Optional<URI> crlDistributionPoint;
    private final Optional<URI> caIssuers;
    private final boolean mlDsa;

    Profile(ProfileReader checked) {
        this.name = checked.name();
        this.validity = checked.validity();
        this.backdate = checked.backdate();
        this.keyUsages = checked.keyUsages();
        this.extendedKeyUsages = checked.extendedKeyUsages();
        this.crlDistributionPoint = checked.crlDistributionPoint();
        this.caIssuers = checked.caIssuers();
        this.mlDsa = checked.mlDsa();
    }

    /// Checks what was written.
    ///
    /// @throws IllegalArgumentException that lists all problems
    public static Profile validate(ProfileConfig config) {
        var reader = new ProfileReader(config);
        reader.requireNoProblems();
        return new Profile(reader);
    }

    /// The profile of OCPP charging stations: 365 days, back-dated by 5 minutes because a station's clock may
    /// be slow, digitalSignature, no extended key usage (OCPP 2.0.1 A00.FR.512 and FR.514), no ML-DSA.
    public static Profile chargingStation(URI crlDistributionPoint) {
        return chargingStation(crlDistributionPoint, false);
    }

    /// The same, with a choice.
    ///
    /// @param mlDsa whether ML-DSA keys (RFC 9881) are certified
    public static Profile chargingStation(URI crlDistributionPoint, boolean mlDsa) {
        return validate(new ProfileConfig(
                CHARGING_STATION,
                "P365D",
                "PT5M",
                List.of(KeyUsage.DIGITAL_SIGNATURE.text()),
                List.of(),
                crlDistributionPoint.toString(),
                null,
                mlDsa));
    }

    public String name() {
        return name;
    }

    /// From notBefore to notAfter, both included.
    public Duration validity() {
        return validity;
    }

    /// By how much notBefore precedes the issuance.
    public Duration backdate() {
        return backdate;
    }

    public Set<KeyUsage> keyUsages() {
        return keyUsages;
    }

    /// Object identifiers; empty when the extension is absent.
    public List<String> extendedKeyUsages() {
        return extendedKeyUsages;
    }

    public Optional<URI> crlDistributionPoint() {
        return crlDistributionPoint;
    }

    public Optional<URI> caIssuers() {
        return caIssuers;
    }

    /// Whether ML-DSA keys (RFC 9881) are certified.
    public boolean mlDsa() {
        return mlDsa;
    }

    @Override
    public String toString() {
        return "Profile[" + name + "]";
    }
}
