package dev.evenroll.revocation.connection;

/// What of a registry entry decides about connections.
///
/// @param ocppIdentity its name in the OCPP connection URL
/// @param owner the O of its certificates
/// @param profile name of its certificate profile
public record KnownDevice(String ocppIdentity, String owner, String profile, Standing standing) {

    /// Whether the registry lets a device work.
    public enum Standing {
        /// Registered or enrolled. One whose first certificate the registry has not heard of yet is already here with
        /// it, so both are one.
        IN_SERVICE("in service"),
        SUSPENDED("suspended"),
        QUARANTINED("in quarantine"),
        DECOMMISSIONED("decommissioned"),
        /// The entry can not be read, or says what only a newer version understands.
        UNKNOWN("in a state that this version does not know");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
