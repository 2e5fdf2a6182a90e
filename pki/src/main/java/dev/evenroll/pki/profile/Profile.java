package dev.evenroll.pki.profile;

import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.identity.ShardOfSerial;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// What every certificate of one kind says beyond its key, its name and its serial number. Checked: an
/// instance can be issued by.
///
/// A request decides none of this: extensions that it asks for are never copied. A profile is of one environment
/// ([#in]) and of one assurance ([#assuring]) of the key: of no environment and of a software key until one says else.
public final class Profile {
    private static final String CHARGING_STATION = "charging-station";

    /// How long certificates live.
    record Life(Duration validity, Duration backdate, Duration jitter) {}

    /// Where their status and their issuer are found.
    record Addresses(
            Optional<UrlTemplate> crlDistributionPoint,
            int shards,
            Optional<UrlTemplate> caIssuers,
            Optional<UrlTemplate> ocsp) {}

    /// The policies that they are issued under, by environment and by assurance.
    record Policies(Map<String, String> byEnvironment, Map<Assurance, String> byAssurance) {
        Policies {
            byEnvironment = Map.copyOf(byEnvironment);
            byAssurance = Map.copyOf(byAssurance);
        }
    }

    private final String name;
    private final SubjectShape subject;
    private final Set<KeyKind> keys;
    private final Set<KeyUsage> keyUsages;
    private final List<String> extendedKeyUsages;
    private final Life life;
    private final Addresses addresses;
    private final Policies policies;
    private final Set<Assigner> assignedBy;
    private final Renewal renewal;
    private final boolean ocspNocheck;
    private final Optional<Environment> environment;
    private final Assurance assurance;

    Profile(
            String name,
            SubjectShape subject,
            Set<KeyKind> keys,
            Set<KeyUsage> keyUsages,
            List<String> extendedKeyUsages,
            Life life,
            Addresses addresses,
            Policies policies,
            Set<Assigner> assignedBy,
            Renewal renewal,
            boolean ocspNocheck) {
        this.name = name;
        this.subject = subject;
        this.keys = Collections.unmodifiableSet(keys);
        this.keyUsages = Collections.unmodifiableSet(keyUsages);
        this.extendedKeyUsages = List.copyOf(extendedKeyUsages);
        this.life = life;
        this.addresses = addresses;
        this.policies = policies;
        this.assignedBy = Collections.unmodifiableSet(assignedBy);
        this.renewal = renewal;
        this.ocspNocheck = ocspNocheck;
        this.environment = Optional.empty();
        this.assurance = Assurance.SOFTWARE_KEY;
    }

    private Profile(Profile profile, Optional<Environment> environment, Assurance assurance) {
        this.name = profile.name;
        this.subject = profile.subject;
        this.keys = profile.keys;
        this.keyUsages = profile.keyUsages;
        this.extendedKeyUsages = profile.extendedKeyUsages;
        this.life = profile.life;
        this.addresses = profile.addresses;
        this.policies = profile.policies;
        this.assignedBy = profile.assignedBy;
        this.renewal = profile.renewal;
        this.ocspNocheck = profile.ocspNocheck;
        this.environment = environment;
        this.assurance = assurance;
    }

    /// Checks what was written.
    ///
    /// @throws UnusableProfileException that lists all problems
    public static Profile validate(ProfileConfig config) {
        return ProfileReader.read(config);
    }

    /// A profile of OCPP charging stations for who has no file of profiles: 365 days, back-dated by 5 minutes
    /// because a station's clock may be slow, digitalSignature, no extended key usage (OCPP 2.0.1 A00.FR.512 and
    /// FR.514), no ML-DSA, no jitter.
    public static Profile chargingStation(URI crlDistributionPoint) {
        return chargingStation(crlDistributionPoint, false);
    }

    /// The same, with a choice.
    ///
    /// @param mlDsa whether ML-DSA keys (RFC 9881) are certified
    public static Profile chargingStation(URI crlDistributionPoint, boolean mlDsa) {
        return validate(new ProfileConfig(
                CHARGING_STATION,
                mlDsa,
                new ProfileConfig.Subject(CommonName.SERIAL_NUMBER.text(), "owner", List.of()),
                Stream.of(KeyKind.values())
                        .filter(kind -> mlDsa || !kind.isMlDsa())
                        .map(KeyKind::text)
                        .toList(),
                List.of(KeyUsage.DIGITAL_SIGNATURE.text()),
                List.of(),
                new ProfileConfig.Life("P365D", "PT5M", "PT0S"),
                new ProfileConfig.Addresses(crlDistributionPoint.toString(), 1, null, null),
                ProfileConfig.Policies.NONE,
                List.of(),
                ProfileConfig.Renewal.USUAL,
                false));
    }

    /// The same profile in an environment.
    ///
    /// @throws IllegalArgumentException when it has policies of others but none of this one
    public Profile in(Environment one) {
        if (!policies.byEnvironment().isEmpty() && !policies.byEnvironment().containsKey(one.name())) {
            throw new IllegalArgumentException("profile \"" + name + "\" can not be used: policies: has "
                    + String.join(
                            ", ",
                            policies.byEnvironment().keySet().stream().sorted().toList())
                    + " and not the environment " + one + "; give it a policy too, or none to any");
        }
        return new Profile(this, Optional.of(one), assurance);
    }

    /// The same profile for a key of which this is known.
    public Profile assuring(Assurance known) {
        return known == assurance ? this : new Profile(this, environment, known);
    }

    public String name() {
        return name;
    }

    /// What the subject consists of.
    public SubjectShape subject() {
        return subject;
    }

    /// What kinds of keys are certified.
    public Set<KeyKind> keys() {
        return keys;
    }

    /// Whether ML-DSA keys (RFC 9881) are certified.
    public boolean mlDsa() {
        return keys.stream().anyMatch(KeyKind::isMlDsa);
    }

    /// Whether not every reader of certificates knows its keys.
    public boolean experimental() {
        return keys.stream().anyMatch(KeyKind::isExperimental);
    }

    /// What keys may be used for, as far as their kind can.
    public Set<KeyUsage> keyUsages() {
        return keyUsages;
    }

    /// Those of them that a key of this kind can have.
    public Set<KeyUsage> keyUsages(SubjectPublicKeyInfo key) {
        Optional<KeyKind> kind = KeyKind.of(key);
        return keyUsages.stream()
                .filter(usage -> kind.isEmpty() || usage.fits(kind.get()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Object identifiers; empty when the extension is absent.
    public List<String> extendedKeyUsages() {
        return extendedKeyUsages;
    }

    /// From notBefore to notAfter, both included, for a certificate without jitter.
    public Duration validity() {
        return life.validity();
    }

    /// By how much notBefore precedes the issuance.
    public Duration backdate() {
        return life.backdate();
    }

    /// By how much notAfter is taken back at most, so that renewals spread.
    public Duration jitter() {
        return life.jitter();
    }

    /// Where the revocation list of a certificate is; empty when the extension is absent.
    public Optional<String> crlDistributionPoint(String issuerKeyId, BigInteger serialNumber) {
        return addresses.crlDistributionPoint().map(url -> url.fill(issuerKeyId, shard(serialNumber)));
    }

    /// The number of the revocation list of a certificate.
    public int shard(BigInteger serialNumber) {
        return ShardOfSerial.number(serialNumber, addresses.shards());
    }

    /// How many revocation lists the CA has.
    public int shards() {
        return addresses.shards();
    }

    /// Where the revocation lists are; empty when the extension is absent.
    public Optional<UrlTemplate> crlDistributionPoint() {
        return addresses.crlDistributionPoint();
    }

    /// Where the certificate of the CA is.
    public Optional<String> caIssuers(String issuerKeyId) {
        return addresses.caIssuers().map(url -> url.fill(issuerKeyId, 0));
    }

    /// Where an OCSP responder answers.
    public Optional<String> ocsp(String issuerKeyId) {
        return addresses.ocsp().map(url -> url.fill(issuerKeyId, 0));
    }

    /// Object identifiers of the policies, that of the environment before that of the assurance; empty when the
    /// extension is absent.
    public List<String> certificatePolicies() {
        return Stream.of(
                        environment.flatMap(one ->
                                Optional.ofNullable(policies.byEnvironment().get(one.name()))),
                        Optional.ofNullable(policies.byAssurance().get(assurance)))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Object identifiers of the policies, by environment.
    public Map<String, String> environmentPolicies() {
        return policies.byEnvironment();
    }

    /// Object identifiers of the policies, by assurance.
    public Map<Assurance, String> assurancePolicies() {
        return policies.byAssurance();
    }

    /// Where the certificate of the CA is, before it is filled in.
    public Optional<UrlTemplate> caIssuers() {
        return addresses.caIssuers();
    }

    /// Where an OCSP responder answers, before it is filled in.
    public Optional<UrlTemplate> ocsp() {
        return addresses.ocsp();
    }

    /// The roles that people need, all of them, to give the profile to a device. Says nothing of certificates.
    public Set<Assigner> assignedBy() {
        return assignedBy;
    }

    /// How its certificates follow one another; empty for OCSP responders, whose service renews them by itself. Says
    /// nothing of certificates.
    public Optional<Renewal> renewal() {
        return isForResponders() ? Optional.empty() : Optional.of(renewal);
    }

    /// Whether nobody shall ask for the status of a certificate (RFC 6960 section 4.2.2.2.1).
    public boolean ocspNocheck() {
        return ocspNocheck;
    }

    /// Whether its certificates speak for the CA about revocation (RFC 6960 section 4.2.2.2).
    public boolean isForResponders() {
        return extendedKeyUsages.contains(KeyPurpose.OCSP_SIGNING);
    }

    @Override
    public String toString() {
        return "Profile[" + name + "]";
    }
}
