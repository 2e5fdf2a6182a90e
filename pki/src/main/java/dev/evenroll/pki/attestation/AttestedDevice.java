package dev.evenroll.pki.attestation;

import org.jspecify.annotations.Nullable;

/// The device whose key evidence is to be about.
///
/// @param serialNumber of the device
/// @param manufacturer as its trust anchor is named
/// @param model null when it is not known
public record AttestedDevice(
        String serialNumber, String manufacturer, @Nullable String model) {

    /// Manufacturer and model, for a message.
    String origin() {
        return model == null ? manufacturer : manufacturer + " (model " + model + ")";
    }
}
