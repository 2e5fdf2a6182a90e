package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.RuleText;
import java.util.List;

/// All rules, in the order in which their findings are reported: who asks, whether he may, what he asks for.
public final class Rules {

    public static final List<Rule> ALL = List.of(
            new EnrollmentIdIsGenuine(),
            new TrustedRequester(),
            new RequesterKeyBlocked(),
            new RenewalByDeviceItself(),
            new TokenIsGood(),
            new AuthorityMayRegister(),
            new AuthorityIsBound(),
            new AuthoritySpeaksForDevice(),
            new DeviceMayEnroll(),
            new ModelIsAllowed(),
            new MostCertificates(),
            new DeviceProfile(),
            new PolicyAllows(),
            new AttestedKey(),
            new AdmissionIsRegistration(),
            new IdevidSerialNumber(),
            new IdevidManufacturer(),
            new IdevidModel(),
            new IdevidFingerprint(),
            new RenewalOfOwnCertificate(),
            new RenewalRevoked(),
            new RenewalOfFormerLife(),
            new RenewalExpired(),
            new RenewalRetired(),
            new RenewalSubject(),
            new RenewalNewKey(),
            new SubjectCommonName(),
            new SubjectOrganization(),
            new SubjectAttributes(),
            new RequestedCertificationAuthority(),
            new RequestedKeyUsage(),
            new ProfileKeyUsage(),
            new RequestedKeyPurposes(),
            new RequestedNames(),
            new RequestedCriticalExtensions(),
            new ProofOfPossession(),
            new KeyStrength(),
            new ProfileKey(),
            new ExpectedKey());

    private Rules() {}

    /// Everything that they can say.
    public static List<RuleText> texts() {
        return ALL.stream().flatMap(rule -> rule.texts().stream()).toList();
    }
}
