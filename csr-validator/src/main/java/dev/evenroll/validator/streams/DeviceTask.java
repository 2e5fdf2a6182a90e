package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.CertificateId;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// Everything that one task remembers of its partition's devices.
///
/// @param devices the registry
/// @param enrollments enrollments in flight and issued
/// @param revocations revoked certificates
/// @param tokens one-time tokens
/// @param deviceTokens what becomes of them
/// @param approvals enrollments that wait, or waited, for a person
/// @param authorities registration authorities, the same in every task
/// @param blockedKeys keys that people have blocked, the same in every task
record DeviceTask(
        DeviceStore devices,
        EnrollmentStore enrollments,
        RevocationStore revocations,
        TokenStore tokens,
        DeviceTokens deviceTokens,
        ApprovalStore approvals,
        AuthorityStore authorities,
        BlockedKeyStore blockedKeys) {

    static DeviceTask of(ProcessorContext<?, ?> context, EventFactory events) {
        var devices = new DeviceStore(context, events.environment());
        var tokens = new TokenStore(context);
        return new DeviceTask(
                devices,
                new EnrollmentStore(context),
                new RevocationStore(context),
                tokens,
                new DeviceTokens(tokens, devices, events),
                new ApprovalStore(context),
                new AuthorityStore(context, events.environment()),
                new BlockedKeyStore(context));
    }

    Predicate<CertificateId> revoked(String deviceId) {
        return certificate -> revocations.contains(deviceId, certificate);
    }
}
