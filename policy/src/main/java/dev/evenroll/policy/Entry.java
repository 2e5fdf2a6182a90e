package dev.evenroll.policy;

import org.jspecify.annotations.Nullable;

/// What a policy writes into the registry for an unknown device: the key `register`.
///
/// @param owner name of the charging station operator, 1 to 64 characters
/// @param site where the device stands, 1 to 255 characters
/// @param model model for a device whose trust anchor names none, 1 to 64 characters; null in a policy
///     that is for named models only
/// @param ocppIdentity the OCPP identity, with [#SERIAL_NUMBER] where the serial number goes
/// @param profile name of the certificate profile that its certificates are issued under
/// @param quarantined whether the device waits in quarantine for a person
public record Entry(
        String owner, String site, @Nullable String model, String ocppIdentity, String profile, boolean quarantined) {

    /// Stands for the serial number of the device.
    static final String SERIAL_NUMBER = "{serialNumber}";

    /// The profile where a policy names none.
    static final String USUAL_PROFILE = "charging-station";

    /// Longest OCPP identity: `identifierString[48]` (OCPP 2.0.1 part 4).
    static final int LONGEST_OCPP_IDENTITY = 48;

    /// The OCPP identity of one device.
    String ocppIdentityOf(String deviceId) {
        return ocppIdentity.replace(SERIAL_NUMBER, deviceId);
    }

    /// @param approved whether a person has approved the device: then it needs no quarantine
    Admission admission(PolicyFacts facts, boolean approved) {
        // The reader lets no policy pass that may meet a device without a model and names none itself.
        String itsModel = facts.model() != null ? facts.model() : model;
        if (itsModel == null) {
            throw new IllegalStateException("device " + facts.deviceId() + " has no model to be registered with");
        }
        return new Admission(
                owner, site, itsModel, ocppIdentityOf(facts.deviceId()), profile, quarantined && !approved);
    }
}
