package dev.evenroll.revocation.connection;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.path.IssuingAuthorities;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.ConnectionOutcome.Unanswerable;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Decides whether the holder of a certificate may connect under an OCPP identity (OCPP 2.0.1 A00.FR.404, FR.405 and
/// FR.705).
///
/// A certificate need not be in the inventory: that a CA of this environment signed it, and that nobody has withdrawn
/// it, is enough (docs/adr/0033). Possession of the private key is not looked at: the TLS front has seen the handshake.
///
/// Any thread may call; no call waits for anything.
public final class ConnectionAuthorization {

    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /// The bit digitalSignature of keyUsage (RFC 5280 section 4.2.1.3): what a TLS client signs with.
    private static final int DIGITAL_SIGNATURE = 0;

    private final Environment environment;
    private final Supplier<IssuingAuthorities> authorities;
    private final KnownDevices devices;
    private final WithdrawnCertificates withdrawn;
    private final Set<String> profiles;
    private final LocalKnowledge knowledge;
    private final InstantSource clock;

    /// @param profiles names of the profiles whose devices may connect
    /// @param knowledge how good devices and withdrawn certificates are
    public ConnectionAuthorization(
            Environment environment,
            Supplier<IssuingAuthorities> authorities,
            KnownDevices devices,
            WithdrawnCertificates withdrawn,
            Set<String> profiles,
            LocalKnowledge knowledge,
            InstantSource clock) {
        this.environment = environment;
        this.authorities = authorities;
        this.devices = devices;
        this.withdrawn = withdrawn;
        this.profiles = Set.copyOf(profiles);
        this.knowledge = knowledge;
        this.clock = clock;
    }

    /// Decides about one connection.
    ///
    /// @param certificate what the client proved to hold the key of; empty when it proved nothing
    /// @param identity the OCPP identity of the URL; empty when the URL has none that could be one
    public ConnectionOutcome authorize(Optional<X509Certificate> certificate, Optional<String> identity) {
        var now = clock.instant();
        var losses = knowledge.losses();
        ConnectionOutcome outcome = certificate
                .map(presented -> new Judgement(presented, identity, now).judge())
                .orElseGet(() -> new Refused(RefusalReason.CHAIN, "No certificate was presented.", "nobody"));
        var problem = knowledge.problem(now);
        if (problem.isPresent()) {
            return new Unanswerable("Nobody is let in: " + problem.get() + ".");
        }
        // What was forgotten to be read anew while we looked counts for nothing.
        return knowledge.losses() == losses
                ? outcome
                : new Unanswerable("Nobody is let in: what is known here is being read anew.");
    }

    private final class Judgement {

        private final X509Certificate certificate;
        private final Optional<String> identity;
        private final Instant now;

        Judgement(X509Certificate certificate, Optional<String> identity, Instant now) {
            this.certificate = certificate;
            this.identity = identity;
            this.now = now;
        }

        ConnectionOutcome judge() {
            var issuer = issuer();
            if (issuer.filter(name -> !name.environment().equals(environment)).isPresent()) {
                return refused(
                        RefusalReason.ENVIRONMENT,
                        "The certificate is of the environment " + issuer.get().environment() + ", and this is "
                                + environment + ".");
            }
            var known = authorities.get();
            return switch (known.anchors().verify(List.of(certificate), whileValid())) {
                case PathResult.Untrusted(var reason) ->
                    refused(RefusalReason.CHAIN, "No CA of this environment vouches for it: " + reason + ".");
                case PathResult.Trusted trusted ->
                    judgeTrusted(CertificateId.find(certificate)
                            .filter(id -> known.ofKeyId(id.issuerKeyId())
                                    .filter(ca -> ca.certificate().equals(trusted.anchor()))
                                    .isPresent()));
            };
        }

        /// The name of one of our CAs, of whatever environment; empty for any other issuer.
        private Optional<CaName> issuer() {
            try {
                return StrictDer.structure(
                        "issuer", "is no name", () -> CaName.read(certificate.getIssuerX500Principal()));
            } catch (MalformedException e) {
                return Optional.empty();
            }
        }

        /// Now, or the moment of its validity that is next to now: whether it has expired is asked of our own
        /// certificates only.
        private Instant whileValid() {
            var begin = certificate.getNotBefore().toInstant();
            var end = certificate.getNotAfter().toInstant();
            return now.isAfter(end) ? end : now.isBefore(begin) ? begin : now;
        }

        private ConnectionOutcome judgeTrusted(Optional<CertificateId> id) {
            if (id.isEmpty()) {
                return refused(RefusalReason.CHAIN, "The certificate does not name the key of the CA that signed it.");
            }
            if (!whileValid().equals(now)) {
                return refused(
                        RefusalReason.TIME,
                        "The certificate is valid from "
                                + certificate.getNotBefore().toInstant() + " to "
                                + certificate.getNotAfter().toInstant() + ".");
            }
            var withdrawal = withdrawn.find(id.get());
            if (withdrawal.isPresent()) {
                return switch (withdrawal.get()) {
                    case REVOKED -> refused(RefusalReason.REVOKED, "The certificate is revoked.");
                    case ON_HOLD -> refused(RefusalReason.ON_HOLD, "The certificate is on hold.");
                };
            }
            return misuse().<ConnectionOutcome>map(words -> refused(RefusalReason.PROFILE, words))
                    .orElseGet(() -> judgeDevice(id.get()));
        }

        /// Why nobody connects with such a certificate; empty for one that a TLS client may present.
        private Optional<String> misuse() {
            if (certificate.getBasicConstraints() >= 0) {
                return Optional.of("The certificate is that of a CA.");
            }
            boolean[] usage = certificate.getKeyUsage();
            if (usage != null && !usage[DIGITAL_SIGNATURE]) {
                return Optional.of("The certificate's key may not sign (keyUsage).");
            }
            try {
                var purposes = certificate.getExtendedKeyUsage();
                return purposes == null || purposes.contains(KeyPurpose.CLIENT_AUTH) || purposes.contains(ANY_PURPOSE)
                        ? Optional.empty()
                        : Optional.of("The certificate is not that of a TLS client (extendedKeyUsage).");
            } catch (CertificateParsingException e) {
                return Optional.of("The certificate's extendedKeyUsage can not be read.");
            }
        }

        private ConnectionOutcome judgeDevice(CertificateId id) {
            var attributes = SubjectAttribute.of(certificate);
            var serial = SubjectAttribute.only(attributes, SubjectAttribute.COMMON_NAME)
                    .filter(name -> DeviceId.problemWith(name).isEmpty());
            var found = serial.flatMap(devices::find);
            if (found.isEmpty()) {
                return refused(RefusalReason.IDENTITY, "The registry has no device with this serial number.");
            }
            var device = found.get();
            if (!profiles.contains(device.profile())) {
                return refused(
                        RefusalReason.PROFILE, "Devices of the profile " + device.profile() + " do not connect here.");
            }
            if (!identity.equals(Optional.of(device.ocppIdentity()))) {
                return refused(
                        RefusalReason.IDENTITY,
                        identity.map(name ->
                                        "The registry does not have this device under the OCPP identity " + name + ".")
                                .orElse("The URL does not end with an OCPP identity."));
            }
            if (device.standing() != KnownDevice.Standing.IN_SERVICE) {
                return refused(
                        RefusalReason.DEVICE_STATE,
                        "The device is " + device.standing().words() + ".");
            }
            return isOwnedBy(device.owner(), attributes)
                    ? new Authorized(new DeviceId(serial.get()), id)
                    : refused(
                            RefusalReason.DEVICE_STATE,
                            "The device belongs to another owner than the certificate says.");
        }

        /// A profile may leave O out; two of them would be nobody's.
        private static boolean isOwnedBy(String owner, List<SubjectAttribute> attributes) {
            var owners = attributes.stream()
                    .filter(attribute -> attribute.oid().equals(SubjectAttribute.ORGANIZATION))
                    .map(SubjectAttribute::value)
                    .toList();
            return owners.isEmpty() || owners.equals(List.of(owner));
        }

        private Refused refused(RefusalReason reason, String message) {
            return new Refused(reason, message, Certificates.subject(certificate));
        }
    }
}
