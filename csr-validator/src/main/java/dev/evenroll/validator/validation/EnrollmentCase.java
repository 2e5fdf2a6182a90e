package dev.evenroll.validator.validation;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.pki.request.RequestedExtension;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request with everything that the rules look at, decoded and verified.
///
/// @param submission the request as it came
/// @param deviceId the device that the request claims to be for
/// @param request the certification request
/// @param extensions the extensions that it asks for
/// @param keyFailures what is wrong with its key: found once, since it takes the longest
/// @param requester who asks, verified
/// @param circumstances what this service itself knows
/// @param profile what profile and installation allow
/// @param renewalGrace how long after its end a certificate may still ask for its renewal
/// @param justInTime what the just-in-time policies say; null when none had to
/// @param now the moment of the judgement
public record EnrollmentCase(
        Submission submission,
        DeviceId deviceId,
        CertificationRequest request,
        List<RequestedExtension> extensions,
        List<Failure> keyFailures,
        Requester requester,
        Circumstances circumstances,
        ProfileRules profile,
        Duration renewalGrace,
        @Nullable JustInTime justInTime,
        Instant now) {

    /// The enrollment model that the request is judged by; null when nobody is recognised who could ask by any.
    public @Nullable EnrollmentModel model() {
        return switch (requester) {
            case Requester.Bearing _ -> EnrollmentModel.FIELD;
            case Requester.Registering registering -> model(registering.authority());
            case Requester.Certified _ -> EnrollmentModel.RENEWAL;
            case Requester.Manufactured _ ->
                device() instanceof DeviceLife.Known known
                                && known.entry()
                                        .registration()
                                        .enrollmentModels()
                                        .contains(EnrollmentModel.FACTORY)
                        ? EnrollmentModel.FACTORY
                        : EnrollmentModel.JUST_IN_TIME;
            case Requester.Misplaced _, Requester.Untrusted _, Requester.OfUnknownOperation _ -> null;
        };
    }

    private static @Nullable EnrollmentModel model(@Nullable Authority authority) {
        return authority == null
                ? null
                : switch (authority.kind()) {
                    case LOCAL_CONTROLLER -> EnrollmentModel.CENTRAL_GATEWAY;
                    case FACTORY_LINE -> EnrollmentModel.FACTORY;
                };
    }

    /// What the registry holds of the device.
    public DeviceLife device() {
        return circumstances.device();
    }

    /// How the device is registered, or would be by the policy that lets it in; empty when neither.
    public Optional<Registration> registration() {
        if (device() instanceof DeviceLife.Known known) {
            return Optional.of(known.entry().registration());
        }
        return Optional.ofNullable(justInTime).flatMap(JustInTime::registration);
    }

    /// The certificate profile that the device is registered with, or would be by the policy that lets it in; empty
    /// when it is neither, or when the installation has no profile of that name.
    public Optional<Profile> certificateProfile() {
        return registration().flatMap(registration -> profile.profiles().find(registration.profile()));
    }

    /// Whether the requester is the one that the request is for, by the name in its verified certificate.
    public boolean requesterHasNameOfDevice() {
        var name = switch (requester) {
            case Requester.Manufactured(X509Certificate certificate, var _) -> serialNumber(certificate);
            case Requester.Certified certified -> commonName(certified.certificate());
            case Requester.Bearing _,
                    Requester.Registering _,
                    Requester.Misplaced _,
                    Requester.Untrusted _,
                    Requester.OfUnknownOperation _ -> Optional.<String>empty();
        };
        return name.equals(Optional.of(deviceId.value()));
    }

    /// SHA-256 of the key that the requester has proved who he is with, if it is blocked.
    public Optional<String> blockedRequesterKey() {
        return requesterCertificate()
                .filter(new BlockedKeys(profile, circumstances)::isIn)
                .map(BlockedKeys::fingerprint);
    }

    private Optional<X509Certificate> requesterCertificate() {
        return switch (requester) {
            case Requester.Trusted trusted -> Optional.of(trusted.certificate());
            case Requester.Registering registering -> Optional.of(registering.certificate());
            case Requester.Misplaced(Requester.Trusted trusted) -> Optional.of(trusted.certificate());
            case Requester.Bearing _, Requester.Untrusted _, Requester.OfUnknownOperation _ -> Optional.empty();
        };
    }

    /// Whether the requester speaks for the device, and so may hear what the registry holds of it.
    public boolean requesterSpeaksForDevice() {
        return blockedRequesterKey().isEmpty() && requesterIsGoodForDevice();
    }

    private boolean requesterIsGoodForDevice() {
        return switch (requester) {
            case Requester.Manufactured manufactured ->
                requesterHasNameOfDevice() && !isOfAnotherManufacturer(manufactured);
            case Requester.Certified certified ->
                requesterHasNameOfDevice()
                        && !certified.revoked()
                        && !certified.ofFormerLife()
                        && !isBeyondGrace(certified)
                        && !isRetired(certified);
            case Requester.Registering registering -> isCoveredBy(registering);
            case Requester.Bearing(var _, var problems) -> problems.isEmpty();
            case Requester.Misplaced _, Requester.Untrusted _, Requester.OfUnknownOperation _ -> false;
        };
    }

    /// Whether the device is registered with another manufacturer than those that the requester's anchor vouches
    /// for.
    public boolean isOfAnotherManufacturer(Requester.Manufactured manufactured) {
        return registration()
                .filter(registration -> manufactured.anchors().stream()
                        .noneMatch(anchor -> anchor.manufacturer().equals(registration.manufacturer())))
                .isPresent();
    }

    /// Whether the device is registered, and is one of those that the registration authority may speak for now.
    public boolean isCoveredBy(Requester.Registering registering) {
        var authority = registering.authority();
        return registering.mayRegister()
                && authority != null
                && device() instanceof DeviceLife.Known known
                && authority.covers(known.entry().registration());
    }

    /// The uses of the key that the request asks for, by their names in RFC 5280 section 4.2.1.3.
    public List<String> requestedKeyUsages() {
        return extensions.stream()
                .filter(RequestedExtension.KeyUsage.class::isInstance)
                .map(RequestedExtension.KeyUsage.class::cast)
                .flatMap(extension -> extension.usages().stream())
                .toList();
    }

    /// Whether the request has to bring a key that has had no certificate: a renewal, unless the profile lets it
    /// keep the old one.
    public boolean newKeyRequired() {
        return requester instanceof Requester.Certified && !profile.sameKeyOnRenewal();
    }

    /// Whether the present certificate of a renewal has expired for longer than is overlooked.
    public boolean isBeyondGrace(Requester.Certified certified) {
        return certified.expired() && now.isAfter(endOfGrace(certified));
    }

    /// When the present certificate of a renewal is refused at last.
    public Instant endOfGrace(Requester.Certified certified) {
        return certified.certificate().getNotAfter().toInstant().plus(renewalGrace);
    }

    /// Whether the device has used a later certificate here than the one that it renews with.
    public boolean isRetired(Requester.Certified certified) {
        return device() instanceof DeviceLife.Known known
                && known.entry().installedNotBefore() != null
                && certified
                        .certificate()
                        .getNotBefore()
                        .toInstant()
                        .isBefore(known.entry().installedNotBefore());
    }

    /// Start of validity of the newest certificate that the device has used here, that of this request included; null
    /// when it has used none.
    public @Nullable Instant usedNotBefore() {
        var before = device() instanceof DeviceLife.Known known ? known.entry().installedNotBefore() : null;
        if (!(requester instanceof Requester.Certified certified) || !requesterSpeaksForDevice()) {
            return before;
        }
        var present = certified.certificate().getNotBefore().toInstant();
        return before == null || present.isAfter(before) ? present : before;
    }

    /// The serial number that a manufacturer's certificate speaks for (IEEE 802.1AR-2018 section 8.6).
    public static Optional<String> serialNumber(X509Certificate idevid) {
        return SubjectAttribute.only(SubjectAttribute.of(idevid), SubjectAttribute.SERIAL_NUMBER);
    }

    /// The device that one of our certificates speaks for.
    public static Optional<String> commonName(X509Certificate certificate) {
        return SubjectAttribute.only(SubjectAttribute.of(certificate), SubjectAttribute.COMMON_NAME);
    }

    EnrollmentCase with(@Nullable JustInTime decided) {
        return new EnrollmentCase(
                submission,
                deviceId,
                request,
                extensions,
                keyFailures,
                requester,
                circumstances,
                profile,
                renewalGrace,
                decided,
                now);
    }
}
