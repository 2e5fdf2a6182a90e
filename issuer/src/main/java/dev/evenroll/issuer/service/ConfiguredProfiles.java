package dev.evenroll.issuer.service;

import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.policy.profile.UnusableProfilesException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
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
        var builtIn = builtIn(crlUrl);
        var read = file.map(path -> open(path, crlUrl)).orElse(builtIn);
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

    private static ProfileFile builtIn(String crlUrl) {
        try {
            return ProfileFile.builtIn(crlUrl);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(CRL_URL + ": " + e.getMessage() + ".", e);
        }
    }

    private static ProfileFile open(Path file, String crlUrl) {
        try {
            return ProfileFile.open(file, crlUrl);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    PROFILES + ": " + file + " can not be read (" + e + "); set it to a readable file of profiles, "
                            + "or leave it out.",
                    e);
        } catch (UnusableProfilesException e) {
            var problems = e.problems().stream()
                    .map(problem -> problem.in(file.toString()))
                    .collect(Collectors.joining("; "));
            throw new IllegalArgumentException(PROFILES + ": can not be used: " + problems + ".", e);
        }
    }
}
