package dev.evenroll.validator.simulation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.attestation.AttestedRequest;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.validator.validation.EnrollmentOperation;
import dev.evenroll.validator.validation.Submission;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device: its serial number, a key pair, and the certificates that it proves who it is with.
///
/// @param serialNumber what it says it is
/// @param keys the key pair to be certified
/// @param chain the certificates that it presents, leaf first
/// @param operation the operation that it asks for
/// @param token the installer's one-time token that it was given instead; null when it was given none
public record SimulatedDevice(
        String serialNumber,
        KeyPair keys,
        List<X509Certificate> chain,
        EnrollmentOperation operation,
        @Nullable OneTimeToken token) {

    public static final String ADDRESS = "192.0.2.1";

    static SimulatedDevice madeBy(CertificateAuthority manufacturer, String serialNumber) {
        var identity = Keys.generateP256();
        var idevid = manufacturer.issueIdevid("Acme", serialNumber, identity.getPublic());
        return new SimulatedDevice(
                serialNumber, Keys.generateP256(), List.of(idevid), EnrollmentOperation.SIMPLE_ENROLL, null);
    }

    public SimulatedDevice withKeys(KeyPair other) {
        return new SimulatedDevice(serialNumber, other, chain, operation, token);
    }

    public SimulatedDevice presenting(List<X509Certificate> other) {
        return new SimulatedDevice(serialNumber, keys, other, operation, token);
    }

    /// The same physical device, which says that it is another.
    public SimulatedDevice pretendingToBe(String other) {
        return new SimulatedDevice(other, keys, chain, operation, token);
    }

    public SimulatedDevice asking(EnrollmentOperation other) {
        return new SimulatedDevice(serialNumber, keys, chain, other, token);
    }

    /// The device with its certificate and a new key, about to renew.
    public SimulatedDevice renewing(X509Certificate present) {
        return new SimulatedDevice(
                serialNumber, Keys.generateP256(), List.of(present), EnrollmentOperation.SIMPLE_REENROLL, null);
    }

    /// The device with a token and no certificate.
    public SimulatedDevice bearing(OneTimeToken given) {
        return new SimulatedDevice(serialNumber, keys, List.of(), operation, given);
    }

    public Submission submits() {
        return submits(CertificationRequests.create(keys, serialNumber));
    }

    public Submission submitsWithOrganization(String organization) {
        return submits(CertificationRequests.create(keys, serialNumber, organization));
    }

    /// A request with the evidence of a TPM.
    ///
    /// @param certificate that of its attestation key
    public Submission submitsAttested(SimulatedTpm tpm, X509Certificate certificate) {
        return submitsAttested(tpm, certificate, null);
    }

    /// The same, for a subject with an organization.
    public Submission submitsAttested(SimulatedTpm tpm, X509Certificate certificate, @Nullable String organization) {
        var publicArea = SimulatedTpm.publicArea(keys.getPublic());
        var attest = SimulatedTpm.attest(publicArea);
        var evidence = new AttestedRequest.Evidence(publicArea, attest, tpm.sign(attest), List.of(certificate));
        try {
            var toBeSigned = AttestedRequest.toBeSigned(serialNumber, organization, evidence);
            return submits(AttestedRequest.signed(toBeSigned, SimulatedTpm.sign(keys, toBeSigned)));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    public Submission submits(Der request) {
        var certificates = chain.stream().map(Certificates::der).toList();
        var id = token == null
                ? EnrollmentId.of(certificates.getFirst(), request)
                : EnrollmentId.ofToken(token.sha256(), request);
        return new Submission(
                id.value(),
                serialNumber,
                operation,
                request,
                certificates,
                token == null ? null : token.sha256(),
                ADDRESS);
    }
}
