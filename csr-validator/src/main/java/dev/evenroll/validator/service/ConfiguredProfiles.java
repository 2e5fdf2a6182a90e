package dev.evenroll.validator.service;

import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.validator.registry.Profiles;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate profiles that the configuration names.
final class ConfiguredProfiles {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredProfiles.class);
    private static final String PROFILES = "evenroll.profiles";

    /// Stands for the issuer's, which no decision looks at.
    private static final String CRL_URL = "http://evenroll.ca.crl-url/{shard}";

    private ConfiguredProfiles() {}

    /// Reads them.
    ///
    /// @param file of profiles; those that are built in when empty
    /// @throws IllegalArgumentException with the property and everything that is wrong, when they can not be used
    static Profiles read(Optional<Path> file) {
        var read = ProfileFile.configured(PROFILES, file, CRL_URL);
        var profiles = Profiles.of(read.profiles());
        LOG.atInfo()
                .addKeyValue("profiles", profiles.names())
                .addKeyValue("version", read.version())
                .addKeyValue("file", file.map(Path::toString).orElse("built in"))
                .log("Certificate profiles read");
        return profiles;
    }
}
