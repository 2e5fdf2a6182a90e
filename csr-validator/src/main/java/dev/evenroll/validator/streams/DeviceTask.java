package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// Everything that one task remembers of its partition's devices.
///
/// @param devices the registry
/// @param enrollments enrollments in flight and issued
/// @param certificates what else is known of certificates
/// @param tokens one-time tokens
/// @param deviceTokens what becomes of them
/// @param approvals enrollments that wait, or waited, for a person
/// @param authorities registration authorities, the same in every task
/// @param blockedKeys keys that people have blocked, the same in every task
/// @param inFlightLimit so long after its acceptance an enrollment in flight is lost
record DeviceTask(
        DeviceStore devices,
        EnrollmentStore enrollments,
        CertificateStore certificates,
        TokenStore tokens,
        DeviceTokens deviceTokens,
        ApprovalStore approvals,
        AuthorityStore authorities,
        BlockedKeyStore blockedKeys,
        Duration inFlightLimit) {

    static DeviceTask of(ProcessorContext<?, ?> context, Commits commits, EventFactory events, Duration inFlightLimit) {
        var devices = new DeviceStore(context, commits, events.environment());
        var tokens = new TokenStore(context);
        return new DeviceTask(
                devices,
                new EnrollmentStore(context),
                new CertificateStore(context),
                tokens,
                new DeviceTokens(tokens, devices, events),
                new ApprovalStore(context, commits),
                new AuthorityStore(context, events.environment()),
                new BlockedKeyStore(context),
                inFlightLimit);
    }
}
