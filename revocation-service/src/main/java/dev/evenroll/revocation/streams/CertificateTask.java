package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.schemas.state.CertificateMoved;
import dev.evenroll.schemas.topic.Topics;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The store `certificate-by-id` of one partition, and what is told of each change of it.
final class CertificateTask {

    private final ProcessorContext<String, Emission> context;
    private final String environment;
    private final KeyValueStore<String, byte[]> certificates;

    CertificateTask(ProcessorContext<String, Emission> context, String environment) {
        this.context = context;
        this.environment = environment;
        this.certificates = context.getStateStore(RevocationTopology.CERTIFICATE_BY_ID);
    }

    Optional<CertificateLife> find(String certificateId) {
        byte @Nullable [] stored = certificates.get(certificateId);
        return Optional.ofNullable(stored).map(Lives::decode);
    }

    /// Keeps what has become of a certificate, and tells everybody.
    void put(CertificateLife life, long timestamp) {
        var key = life.certificate().id().value();
        certificates.put(key, Lives.encode(life, environment));
        forward(key, new Emission(Topics.CERTIFICATE_STATUS, Lives.status(life, environment)), timestamp);
    }

    /// Tells the partition of the device.
    ///
    /// @param acceptedInLife the life of the device that it was accepted in, of a certificate that was entered
    /// @param released whether it was released from hold
    void tellDevice(CertificateLife life, Optional<Long> acceptedInLife, boolean released, long timestamp) {
        var certificate = life.certificate();
        var moved = CertificateMoved.newBuilder()
                .setEnvironment(environment)
                .setCertificateId(certificate.id().value())
                .setDeviceId(certificate.deviceId())
                .setProfile(certificate.profile())
                .setState(Lives.state(life))
                .setReleased(released)
                .setReason(life instanceof CertificateLife.Revoked revoked ? Lives.reason(revoked.reason()) : null)
                .setIssuedAt(life.inService().issuedAt())
                .setNotBefore(certificate.notBefore())
                .setNotAfter(certificate.notAfter())
                .setLife(acceptedInLife.orElse(null))
                .build();
        forward(certificate.deviceId(), new Emission(Route.Internal.CERTIFICATES_OF_DEVICE, moved), timestamp);
    }

    void forward(String key, Emission emission, long timestamp) {
        context.forward(new Record<>(key, emission, timestamp));
    }
}
