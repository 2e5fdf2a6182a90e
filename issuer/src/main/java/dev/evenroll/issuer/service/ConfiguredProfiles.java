package dev.evenroll.issuer.service;

import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.ProfileFile;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The profiles that the configuration names, in the environment of this CA.
final class ConfiguredProfiles {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredProfiles.class);
    private static final String PROFILES = "evenroll.profiles";
    private static final String CRL_URL = "evenroll.ca.crl-url";

    private ConfiguredProfiles() {}

    /// Reads them.
    ///
    /// @param file of profiles; those that are built in when empty
    /// @param crlUrl the revocation list of profiles that name none
    /// @throws IllegalArgumentException with the property and everything that is wrong, when they can not be used
    static Profiles read(Optional<Path> file, String crlUrl, Environment environment) {
        // In any case: so a wrong URL is that of its property, not of the file.
        requireUsable(crlUrl);
        var read = ProfileFile.configured(PROFILES, file, crlUrl);
        var profiles = Profiles.of(read.profiles().stream()
                .map(profile -> in(profile, environment))
                .toList());
        LOG.atInfo()
                .addKeyValue("profiles", profiles.names())
                .addKeyValue("version", read.version())
                .addKeyValue("file", file.map(Path::toString).orElse("built in"))
                .log("Certificate profiles read");
        return profiles;
    }

    private static Profile in(Profile profile, Environment environment) {
        try {
            return profile.in(environment);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PROFILES + ": " + e.getMessage() + ".", e);
        }
    }

    private static void requireUsable(String crlUrl) {
        try {
            var _ = ProfileFile.builtIn(crlUrl);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(CRL_URL + ": " + e.getMessage() + ".", e);
        }
    }
}
