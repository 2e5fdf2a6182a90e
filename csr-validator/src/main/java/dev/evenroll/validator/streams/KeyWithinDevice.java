package dev.evenroll.validator.streams;

/// Keys of the stores that hold several things of one device, or policy: its name, NUL, name of the thing.
final class KeyWithinDevice {

    /// Not part of any device id, and below every character of one.
    private static final char SEPARATOR = '\0';

    private KeyWithinDevice() {}

    static String of(String deviceId, String name) {
        return prefix(deviceId) + name;
    }

    /// The name of the thing that a key of the device leads to.
    static String name(String deviceId, String key) {
        return key.substring(prefix(deviceId).length());
    }

    /// What all keys of the device begin with, and those of no other.
    static String prefix(String deviceId) {
        return deviceId + SEPARATOR;
    }

    /// Above all keys of the device, and not above those of any other that follows.
    static String end(String deviceId) {
        return deviceId + (char) (SEPARATOR + 1);
    }
}
