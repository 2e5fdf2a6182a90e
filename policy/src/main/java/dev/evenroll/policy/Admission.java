package dev.evenroll.policy;

/// How an unknown device is entered in the registry before it gets a certificate.
///
/// @param owner name of the charging station operator, the O of the certificate
/// @param site where the device stands
/// @param model model of the device
/// @param ocppIdentity name of the station in the OCPP connection URL
/// @param profile name of the certificate profile that its certificates are issued under
/// @param quarantined whether it waits in quarantine for a person
public record Admission(
        String owner, String site, String model, String ocppIdentity, String profile, boolean quarantined) {}
