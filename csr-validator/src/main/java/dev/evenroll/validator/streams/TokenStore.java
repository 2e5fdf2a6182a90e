package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.DeviceToken;
import dev.evenroll.validator.enrollment.InstallerToken;
import dev.evenroll.validator.validation.DeviceTokenView;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The one-time tokens of one partition's devices: store `token-by-device` in the words of the domain.
/// Owner: the task.
final class TokenStore {

    private final KeyValueStore<String, DeviceToken> store;

    TokenStore(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(StoreNames.TOKEN_BY_DEVICE);
    }

    Optional<InstallerToken> find(String deviceId) {
        return Optional.ofNullable(store.get(deviceId))
                .map(token -> new InstallerToken(
                        token.getTokenSha256(),
                        token.getCreatedAt(),
                        token.getCreatedBy(),
                        token.getExpiresAt(),
                        token.getSpentFor(),
                        token.getFailedAttempts(),
                        token.getCertifiedAt(),
                        token.getReplacedSha256()));
    }

    /// The token as the rules see it; null when the device has none. To the enrollment that it was spent for
    /// it is as good as on the day when it was spent.
    @Nullable
    DeviceTokenView view(String deviceId, String enrollmentId) {
        return find(deviceId)
                .map(token -> new DeviceTokenView(
                        token.tokenSha256(),
                        token.replacedSha256(),
                        token.createdBy(),
                        token.opens(enrollmentId) ? Instant.MAX : token.expiresAt(),
                        token.opens(enrollmentId) ? null : token.spentFor(),
                        token.locked()))
                .orElse(null);
    }

    void put(String deviceId, InstallerToken token) {
        store.put(
                deviceId,
                DeviceToken.newBuilder()
                        .setTokenSha256(token.tokenSha256())
                        .setCreatedAt(token.createdAt())
                        .setCreatedBy(token.createdBy())
                        .setExpiresAt(token.expiresAt())
                        .setSpentFor(token.spentFor())
                        .setFailedAttempts(token.failedAttempts())
                        .setCertifiedAt(token.certifiedAt())
                        .setReplacedSha256(token.replacedSha256())
                        .build());
    }

    void remove(String deviceId) {
        store.delete(deviceId);
    }
}
