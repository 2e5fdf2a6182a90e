package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;

/// The command of an authorized person to enter a device in the registry.
///
/// @param commandId random id; a repeated id is applied once
/// @param actor who gave it: the `upn` of the bearer token
/// @param deviceId the device
/// @param registration what the person says of it
public record RegisterCommand(String commandId, String actor, DeviceId deviceId, Registration registration) {}
