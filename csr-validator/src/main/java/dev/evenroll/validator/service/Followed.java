package dev.evenroll.validator.service;

import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.pki.path.Refresh;
import dev.evenroll.policy.PolicyFile;
import java.util.function.Supplier;

/// A file or directory that may change while the service runs.
///
/// @param property the property that names it
/// @param look looks at it once, and puts in force what has changed and can be used
record Followed(String property, Supplier<Look> look) {

    /// What a look has shown.
    sealed interface Look {

        /// Nothing new.
        record Unchanged() implements Look {}

        /// Something else is in force now.
        ///
        /// @param what a few words on it, for the log
        record Changed(String what) implements Look {}

        /// It has changed and can not be used: what was in force stays so. Told once for each change.
        ///
        /// @param problem why, in plain words, naming file and place
        record Unusable(String problem) implements Look {}
    }

    static Followed anchors(String property, AnchorDirectory directory) {
        return new Followed(property, () -> switch (directory.refresh()) {
            case Refresh.Unchanged _ -> new Look.Unchanged();
            case Refresh.Changed(var anchors) ->
                new Look.Changed(anchors.names().toString());
            case Refresh.Unusable(String problem) -> new Look.Unusable(problem);
        });
    }

    static Followed authorities(String property, AuthorityDirectory directory) {
        return new Followed(property, () -> switch (directory.refresh()) {
            case AuthorityDirectory.Look.Unchanged _ -> new Look.Unchanged();
            case AuthorityDirectory.Look.Changed(var authorities) -> new Look.Changed(authorities.toString());
            case AuthorityDirectory.Look.Unusable(String problem) -> new Look.Unusable(problem);
        });
    }

    static Followed policies(String property, PolicyFile file) {
        return new Followed(property, () -> switch (file.refresh()) {
            case PolicyFile.Refresh.Unchanged _ -> new Look.Unchanged();
            case PolicyFile.Refresh.Changed(var policies) -> new Look.Changed(policies.version());
            case PolicyFile.Refresh.Unusable(var problems) -> new Look.Unusable(String.join("; ", problems));
        });
    }

    static Followed blockedKeys(String property, BlockedKeyFile file) {
        return new Followed(property, file::refresh);
    }
}
