package dev.evenroll.validator.registry;

/// A command that has ended, now or when it was given before.
///
/// @param device the device as it is now
/// @param result how the command ended
public record EndedCommand(DeviceLife.Known device, CommandResult result) {}
