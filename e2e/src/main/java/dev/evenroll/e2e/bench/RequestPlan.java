package dev.evenroll.e2e.bench;

import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentRequested;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Makes requests as devices with the manufacturer's certificate make them, each with a key of its own.
///
/// @param environment of the stack
/// @param manufacturer whose devices ask
/// @param clock for occurredAt
public record RequestPlan(String environment, SimulatedManufacturer manufacturer, InstantSource clock) {

    /// Nobody waits for the answers.
    private static final int NO_REPLY = -1;

    /// So many requests.
    ///
    /// @param device the device id of the n-th request
    public List<EnrollmentRequested> requests(int number, IntFunction<String> device) {
        var requests = new ArrayList<EnrollmentRequested>(number);
        for (int n = 0; n < number; n++) {
            requests.add(request(device.apply(n)));
        }
        return requests;
    }

    private EnrollmentRequested request(String deviceId) {
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
                .setReplyPartition(NO_REPLY)
                .build();
    }
}
