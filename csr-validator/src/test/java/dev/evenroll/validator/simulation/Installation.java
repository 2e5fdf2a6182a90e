package dev.evenroll.validator.simulation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.policy.PolicyReader;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.policy.UnusablePolicyException;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.validation.Judge;
import dev.evenroll.validator.validation.ProfileRules;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One environment: a CA, the manufacturers that it trusts, and one that it does not.
public final class Installation {

    public static final String OWNER = "Charge Here Ltd";
    public static final String ACME = "acme";

    private static final int MOST_CERTIFICATES = 20;

    private static final Profile PROFILE = Profile.chargingStation(URI.create("http://127.0.0.1/crl"));
    private static final Duration DECADE = Duration.ofDays(3653);

    private final TestClock clock = new TestClock();
    private final CertificateAuthority root = CertificateAuthority.selfSigned("Test Root", DECADE, clock);
    private final CertificateAuthority issuingCa = root.subordinate("Test Issuing CA", 0, DECADE);
    private final CertificateAuthority acme = CertificateAuthority.selfSigned("Acme Devices CA", DECADE, clock);
    private final CertificateAuthority globex = CertificateAuthority.selfSigned("Globex Devices CA", DECADE, clock);
    private final CertificateAuthority stranger = CertificateAuthority.selfSigned("Stranger CA", DECADE, clock);
    private final CertificateAuthority registrationAuthorities =
            CertificateAuthority.selfSigned("Registration Authorities CA", DECADE, clock);
    private final Map<String, List<X509Certificate>> anchors =
            new TreeMap<>(Map.of(ACME, List.of(acme.certificate()), "globex", List.of(globex.certificate())));
    private final Map<String, List<X509Certificate>> attestationKeys = new TreeMap<>();
    private final Set<String> blockedKeys = new HashSet<>();
    private PolicySet policies = PolicySet.NONE;
    private ProfileRules profile =
            new ProfileRules(Profiles.of(builtIn()), false, MOST_CERTIFICATES, () -> Set.copyOf(blockedKeys));

    public TestClock clock() {
        return clock;
    }

    /// A judge with what is in force now; changed policies, anchors and blocked keys count at once.
    public Judge judge() {
        return new Judge(
                () -> TrustAnchors.of(anchors),
                () -> TrustAnchors.of(Map.of("issuing-ca", List.of(issuingCa.certificate()))),
                () -> TrustAnchors.of(
                        Map.of("registration-authorities", List.of(registrationAuthorities.certificate()))),
                () -> TrustAnchors.of(attestationKeys),
                () -> policies,
                profile,
                clock);
    }

    /// Trusts one more CA of a manufacturer, under a name as [dev.evenroll.pki.path.ManufacturerAnchor] reads it.
    public void trusts(String anchorName, CertificateAuthority authority) {
        anchors.put(anchorName, List.of(authority.certificate()));
    }

    public void distrusts(String anchorName) {
        anchors.remove(anchorName);
    }

    /// Trusts a CA of a manufacturer's attestation keys.
    public void trustsAttestationKeysOf(String anchorName, CertificateAuthority authority) {
        attestationKeys.put(anchorName, List.of(authority.certificate()));
    }

    /// Puts policies in force.
    public void decidesBy(String yaml) {
        try {
            policies = PolicyReader.read(yaml, Path.of("."), profile.profiles().admissible());
        } catch (UnusablePolicyException e) {
            throw new AssertionError(e);
        }
    }

    public void allows(boolean mlDsa, boolean sameKeyOnRenewal) {
        profile = new ProfileRules(
                Profiles.of(List.of(Profile.chargingStation(URI.create("http://127.0.0.1/crl"), mlDsa))),
                sameKeyOnRenewal,
                MOST_CERTIFICATES,
                () -> Set.copyOf(blockedKeys));
    }

    /// Lets a device have so many certificates; call it before [#judge].
    public void limitsCertificatesTo(int most) {
        profile = new ProfileRules(profile.profiles(), profile.sameKeyOnRenewal(), most, profile.blockedKeys());
    }

    /// Has these certificate profiles; call it before [#judge].
    public void certifiesUnder(List<Profile> profiles) {
        profile = new ProfileRules(
                Profiles.of(profiles), profile.sameKeyOnRenewal(), profile.mostCertificates(), profile.blockedKeys());
    }

    public static List<Profile> builtIn() {
        return ProfileFile.builtIn("http://127.0.0.1/crl").profiles();
    }

    public void blocks(PublicKey key) {
        blockedKeys.add(Der.of(key.getEncoded()).sha256Hex());
    }

    public void blocksNothing() {
        blockedKeys.clear();
    }

    /// The CA that certifies registration authorities.
    public CertificateAuthority registrationAuthorities() {
        return registrationAuthorities;
    }

    public CertificateAuthority issuingCa() {
        return issuingCa;
    }

    public CertificateAuthority acme() {
        return acme;
    }

    public CertificateAuthority globex() {
        return globex;
    }

    public CertificateAuthority stranger() {
        return stranger;
    }

    public SimulatedDevice device(String serialNumber) {
        return SimulatedDevice.madeBy(acme, serialNumber);
    }

    /// A certificate that ends when the issuing CA does.
    public X509Certificate lastOfIssuingCa(String commonName, PublicKey key) {
        return issuingCa.issueClient(commonName, key, DECADE.plus(DECADE));
    }

    /// What the issuer does with an authorization.
    public X509Certificate issue(String commonName, String organization, Der subjectPublicKeyInfo) {
        return issue(PROFILE, commonName, organization, subjectPublicKeyInfo);
    }

    /// What the issuer does with an authorization under a profile.
    public X509Certificate issue(Profile profile, String commonName, String organization, Der subjectPublicKeyInfo) {
        var issuer = issuingCa.issuingCertificate();
        var prepared = CertificatePreparation.prepare(
                issuer,
                profile,
                Subject.of(commonName, organization),
                subjectPublicKeyInfo,
                SerialNumber.random(new SecureRandom()),
                clock.instant());
        try {
            var tbs = prepared.tbsCertificate();
            return Certificates.decode(CertificateAssembly.assemble(tbs, issuer.scheme(), issuingCa.sign(tbs), issuer));
        } catch (WrongSignatureException | MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
