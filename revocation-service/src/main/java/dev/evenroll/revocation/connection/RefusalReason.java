package dev.evenroll.revocation.connection;

/// Why a connection is refused. Where several hold, the first one is said, in the order that they stand here.
public enum RefusalReason {
    ENVIRONMENT(
            "wrong-environment",
            "The certificate was issued by a CA whose name says another environment.",
            "Connect the device to the back end of its own environment, or enroll it in this one."),
    CHAIN(
            "chain",
            "No certificate was presented, or none that a CA of this environment issued.",
            "Enroll the device; check that the TLS front hands on the certificate of the client."),
    TIME(
            "time",
            "The certificate has expired, or is not valid yet.",
            "Enroll the device again; check the clock of this service."),
    REVOKED("revoked", "The certificate is revoked, for ever.", "Enroll the device again, with a new key."),
    ON_HOLD(
            "on-hold",
            "The certificate is on hold: revoked until somebody decides.",
            "Let a revoker take it off hold, or revoke it."),
    PROFILE(
            "profile",
            "The certificate is not one to connect with: that of a CA, of a server, of an OCSP responder; or the registry"
                    + " gives the device a profile that is not among those of evenroll.connection.profiles.",
            "Present the device's own certificate; give the device the right profile in the registry."),
    IDENTITY(
            "identity",
            "The registry has no device with the serial number in the certificate, or has it under another OCPP identity"
                    + " than that of the URL.",
            "Correct the URL in the station, or its OCPP identity in the registry."),
    DEVICE_STATE(
            "device-state",
            "The device is suspended, in quarantine or decommissioned, or belongs to another owner than the certificate"
                    + " says.",
            "Resume or register the device; one that was given to another owner enrolls anew.");

    private final String code;
    private final String meaning;
    private final String remedy;

    RefusalReason(String code, String meaning, String remedy) {
        this.code = code;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /// Stable name, for programs: lower-case kebab case.
    public String code() {
        return code;
    }

    /// What is refused with it, in a sentence.
    public String meaning() {
        return meaning;
    }

    /// What an operator does about it, in a sentence.
    public String remedy() {
        return remedy;
    }
}
