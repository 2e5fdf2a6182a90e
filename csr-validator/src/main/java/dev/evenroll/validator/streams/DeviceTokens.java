package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.validator.enrollment.InstallerToken;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.List;
import java.util.Map;

/// What becomes of the one-time tokens: created, spent, guessed at. A device's requests come in the order of its
/// partition, through whichever gateway: of two that use one token, exactly one is the first.
final class DeviceTokens implements CommandConsequences {

    private final TokenStore tokens;
    private final DeviceStore devices;
    private final EventFactory events;

    DeviceTokens(TokenStore tokens, DeviceStore devices, EventFactory events) {
        this.tokens = tokens;
        this.devices = devices;
        this.events = events;
    }

    @Override
    public List<Failure> objections(DeviceCommand command) {
        return List.of();
    }

    /// A new token takes the place of the former one, whatever that has come to. With another owner, or at
    /// the end of its life, the device has none any more: whom the former owner sent stays out.
    @Override
    public List<Emission> follow(DeviceCommand command, DeviceLife before, DeviceLife.Known device) {
        var deviceId = command.deviceId().value();
        if (command instanceof DeviceCommand.CreateToken create) {
            var created =
                    InstallerToken.created(create.tokenSha256(), events.now(), create.actor(), create.expiresAt());
            tokens.put(deviceId, tokens.find(deviceId).map(created::replacing).orElse(created));
        } else if (CommandConsequences.beginsAnew(before, device)) {
            tokens.remove(deviceId);
        }
        return List.of();
    }

    /// An enrollment goes on with the token of its device.
    void spend(String deviceId, String enrollmentId) {
        tokens.find(deviceId).map(token -> token.spent(enrollmentId)).ifPresent(token -> tokens.put(deviceId, token));
    }

    /// A certificate was issued for an enrollment: the token that was spent for it is done with.
    void certified(String deviceId, String enrollmentId) {
        tokens.find(deviceId).ifPresent(token -> {
            var certified = token.certified(enrollmentId, events.now());
            if (!certified.equals(token)) {
                tokens.put(deviceId, certified);
            }
        });
    }

    /// A wrong token was presented for the device: the right one allows only so many.
    List<Emission> guessed(String deviceId, Map<String, String> attributes) {
        var before = tokens.find(deviceId);
        if (before.isEmpty()) {
            return List.of();
        }
        var after = before.get().guessed(events.now());
        tokens.put(deviceId, after);
        if (!after.locked() || before.get().locked()) {
            return List.of();
        }
        var observation = events.observation(
                SecurityObservation.TOKEN_LOCKED,
                deviceId,
                "The one-time token of the device " + deviceId + " is locked after " + InstallerToken.ATTEMPTS
                        + " wrong ones. Find out who guesses; create a new token to let the installer go on.",
                attributes);
        return devices.find(deviceId) instanceof DeviceLife.Known device && !(device instanceof DeviceLife.Unrecognized)
                ? List.of(observation, devices.put(device.tokenLocked(events.now())))
                : List.of(observation);
    }
}
