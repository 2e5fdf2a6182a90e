package dev.evenroll.e2e.bench;

import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.TbsTemplates;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CommandResult;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A fleet in which each device has one certificate and uses it, as the registry and the issuer tell of it.
///
/// All is as the issuer makes it but the signature, which is the same bytes everywhere: only the issuer can write
/// `certificate.issued`, so nobody behind it verifies them. What stands in a certificate follows from the number of its
/// device, so nothing has to be remembered.
///
/// @param environment of the stack
/// @param issuer the certificate of its CA
/// @param clock for occurredAt
/// @param templates of the certificates
/// @param publicKey SubjectPublicKeyInfo of every device, DER
record SyntheticFleet(
        String environment, IssuingCertificate issuer, InstantSource clock, TbsTemplates templates, Der publicKey) {

    private static final int SITES = 1_000;
    private static final int SERIAL_DIGITS = 32;
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final byte[] NO_UNUSED_BITS = {0};
    private static final byte[] SIGNATURE = signature();

    static SyntheticFleet of(String environment, IssuingCertificate issuer, InstantSource clock) {
        // Avro fills in defaults only of types that it was told to trust, which the first codec does.
        var _ = Codec.of(RegisteredDevice.class);
        var key = Der.of(Keys.generateP256().getPublic().getEncoded());
        return new SyntheticFleet(environment, issuer, clock, new TbsTemplates(), key);
    }

    /// As long as one of P-256.
    private static byte[] signature() {
        var bytes = new byte[71];
        Arrays.fill(bytes, (byte) 0x5a);
        return bytes;
    }

    /// A device, and the certificate that it uses.
    record Member(RegisteredDevice registered, CertificateIssued issued) {}

    /// The device of a number.
    ///
    /// @param notBefore of its certificate
    Member member(int number, Profile profile, Instant notBefore) {
        var deviceId = BulkRegistration.deviceId(number);
        var certificate = CertificatePreparation.prepare(
                templates,
                issuer,
                profile,
                Subject.of(deviceId, BulkRegistration.OWNER),
                publicKey,
                serialNumber(number),
                notBefore.plus(profile.backdate()));
        return new Member(registered(deviceId, number, profile, certificate), issued(deviceId, profile, certificate));
    }

    private RegisteredDevice registered(String deviceId, int number, Profile profile, PreparedCertificate certificate) {
        return RegisteredDevice.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setDeviceId(deviceId)
                .setDescription(DeviceDescription.newBuilder()
                        .setManufacturer(TrustFiles.MANUFACTURER)
                        .setModel("EV-" + number % 7)
                        .setOcppIdentity("CS-" + deviceId)
                        .setOwner(BulkRegistration.OWNER)
                        .setSite("Depot " + number % SITES)
                        .setProfile(profile.name())
                        .build())
                .setState(DeviceState.ENROLLED)
                .setRegisteredAt(clock.instant())
                .setRevision(1)
                .setLastCommand(CommandResult.newBuilder()
                        .setCommandId("import-" + number)
                        .setActor("bench")
                        .setRefusals(List.of())
                        .build())
                .setCertificateNotAfter(certificate.notAfter())
                .setInstalledNotBefore(certificate.notBefore())
                .setLife(1)
                .build();
    }

    private CertificateIssued issued(String deviceId, Profile profile, PreparedCertificate certificate) {
        return CertificateIssued.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(
                        Der.of(deviceId.getBytes(StandardCharsets.UTF_8)).sha256Hex())
                .setDeviceId(deviceId)
                .setProfile(profile.name())
                .setIssuerKeyId(issuer.keyId())
                .setSerialNumber(certificate.serialNumber().hex())
                .setNotBefore(certificate.notBefore())
                .setNotAfter(certificate.notAfter())
                .setCertificate(ByteBuffer.wrap(DerWriter.tagged(
                        SEQUENCE,
                        certificate.tbsCertificate().bytes(),
                        StrictDer.encode(issuer.scheme().algorithmIdentifier()),
                        DerWriter.tagged(BIT_STRING, NO_UNUSED_BITS, SIGNATURE))))
                .setReplyPartition(-1)
                .setAcceptance(new Acceptance(clock.instant(), 1L))
                .build();
    }

    /// The order to revoke the certificate of a device.
    RevocationRequested revocation(int number) {
        return RevocationRequested.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setCertificateId(
                        new CertificateId(issuer.keyId(), serialNumber(number).hex()).value())
                .setReason(RevocationReason.KEY_COMPROMISE)
                .setActor("bench")
                .build();
    }

    /// The serial number of a device's certificate: as good as random.
    static SerialNumber serialNumber(int number) {
        var digits = Der.of(BulkRegistration.deviceId(number).getBytes(StandardCharsets.UTF_8))
                .sha256Hex()
                .substring(0, SERIAL_DIGITS);
        return new SerialNumber(new BigInteger(1, HexFormat.of().parseHex(digits)));
    }
}
