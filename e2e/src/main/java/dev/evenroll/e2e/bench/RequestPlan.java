package dev.evenroll.e2e.bench;

import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Makes requests as devices with the manufacturer's certificate make them, each with a key of its own.
///
/// @param environment of the stack
/// @param manufacturer whose devices ask
/// @param clock for occurredAt
/// @param replyPartition where the n-th request is answered; -1 when nobody waits
public record RequestPlan(
        String environment, SimulatedManufacturer manufacturer, InstantSource clock, IntUnaryOperator replyPartition) {

    /// Requests whose answers nobody waits for.
    public RequestPlan(String environment, SimulatedManufacturer manufacturer, InstantSource clock) {
        this(environment, manufacturer, clock, _ -> -1);
    }

    /// The same, but somebody waits for each answer.
    RequestPlan answered() {
        return new RequestPlan(environment, manufacturer, clock, n -> n % Topics.ENROLLMENT_OUTCOME.partitions());
    }

    /// So many requests.
    ///
    /// @param device the device id of the n-th request
    public List<EnrollmentRequested> requests(int number, IntFunction<String> device) {
        return IntStream.range(0, number)
                .parallel()
                .mapToObj(n -> request(device.apply(n), replyPartition.applyAsInt(n)))
                .toList();
    }

    private EnrollmentRequested request(String deviceId, int partition) {
        var key = Keys.generateP256();
        var idevid = manufacturer.identify(deviceId, key).certificate();
        var csr = CertificationRequests.create(Keys.generateP256(), deviceId);
        var leaf = Certificates.der(idevid);
        return EnrollmentRequested.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setEnrollmentId(EnrollmentId.of(leaf, csr).value())
                .setDeviceId(deviceId)
                .setOperation(EnrollmentOperation.SIMPLE_ENROLL)
                .setCertificationRequest(ByteBuffer.wrap(csr.bytes()))
                .setRequesterChain(List.of(ByteBuffer.wrap(leaf.bytes())))
                .setRemoteAddress("192.0.2.1")
                .setReplyPartition(partition)
                .build();
    }
}
