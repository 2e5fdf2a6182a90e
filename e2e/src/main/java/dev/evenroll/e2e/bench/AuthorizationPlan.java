package dev.evenroll.e2e.bench;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/// Makes decisions as csr-validator makes them, for the issuer alone.
///
/// @param environment of the stack
/// @param clock for occurredAt
record AuthorizationPlan(String environment, InstantSource clock) {

    /// So many decisions, each for a device and a key of its own.
    ///
    /// @param first number of the first device
    List<EnrollmentAuthorized> authorizations(int first, int number) {
        return IntStream.range(first, first + number)
                .parallel()
                .mapToObj(this::authorization)
                .toList();
    }

    private EnrollmentAuthorized authorization(int number) {
        var deviceId = BulkRegistration.deviceId(number);
        var now = clock.instant();
        return EnrollmentAuthorized.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now)
                .setEnrollmentId(
                        Der.of(deviceId.getBytes(StandardCharsets.UTF_8)).sha256Hex())
                .setDeviceId(deviceId)
                .setProfile("charging-station")
                .setOrganization(BulkRegistration.OWNER)
                .setSubjectPublicKeyInfo(
                        ByteBuffer.wrap(Keys.generateP256().getPublic().getEncoded()))
                .setReplyPartition(number % Topics.ENROLLMENT_OUTCOME.partitions())
                .setModel(EnrollmentModel.FACTORY)
                .setRequester("CN=" + deviceId)
                .setAcceptance(new Acceptance(now, 1L))
                .build();
    }
}
