package dev.evenroll.validator.service;

import dev.evenroll.policy.PolicyFile;
import dev.evenroll.policy.PolicySet;
import dev.evenroll.policy.UnusablePolicyException;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import dev.evenroll.validator.validation.ProfileRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the operator leaves to the decision: policies and blocked keys, read at the start and followed from then
/// on, and what the profile allows.
///
/// @param policyFile empty when nobody enrolls just in time
/// @param blockedKeyFile empty when no key is blocked beforehand
/// @param profile what the profile allows
/// @param inFlightLimit so long after its acceptance an enrollment that nobody has ended is lost
record RulesInForce(
        Optional<PolicyFile> policyFile,
        Optional<BlockedKeyFile> blockedKeyFile,
        ProfileRules profile,
        Duration inFlightLimit) {

    private static final String POLICIES = "evenroll.policies";
    private static final String BLOCKED_KEYS = "evenroll.blocked-keys";
    private static final String PROFILE_MOST_CERTIFICATES = "evenroll.profile.most-certificates";

    private static final String IN_FLIGHT_LIMIT = "evenroll.enrollment.in-flight-limit";

    /// The issuer may be restarted in between.
    private static final Duration SHORTEST_IN_FLIGHT = Duration.ofMinutes(5);
    /// After that the issuer can not read any more what was authorized.
    private static final Duration LONGEST_IN_FLIGHT = Duration.ofDays(30);
    /// All of a device's are looked at with each of its requests.
    private static final int MOST_CERTIFICATES = 1_000;

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException when something can not be used, with the name of the property and
    ///     every reason
    static RulesInForce load(ValidatorConfig config) {
        var blockedKeys = config.blockedKeys().map(RulesInForce::blockedKeys);
        var profiles = ConfiguredProfiles.read(config.profiles());
        return new RulesInForce(
                config.policies().map(file -> policies(file, profiles.admissible())),
                blockedKeys,
                new ProfileRules(
                        profiles,
                        config.profile().sameKeyOnRenewal(),
                        mostCertificates(config.profile().mostCertificates()),
                        () -> blockedKeys.map(BlockedKeyFile::current).orElse(Set.of())),
                inFlightLimit(config.enrollment().inFlightLimit()));
    }

    /// The policies in force.
    PolicySet policies() {
        return policyFile.map(PolicyFile::current).orElse(PolicySet.NONE);
    }

    /// What may change while the service runs.
    List<Followed> followed() {
        return Stream.concat(
                        policyFile.map(file -> Followed.policies(POLICIES, file)).stream(),
                        blockedKeyFile.map(file -> Followed.blockedKeys(BLOCKED_KEYS, file)).stream())
                .toList();
    }

    static Duration inFlightLimit(Duration configured) {
        if (configured.compareTo(SHORTEST_IN_FLIGHT) < 0 || configured.compareTo(LONGEST_IN_FLIGHT) > 0) {
            throw new IllegalArgumentException(IN_FLIGHT_LIMIT + ": is " + configured + "; set it to "
                    + SHORTEST_IN_FLIGHT + " to " + LONGEST_IN_FLIGHT
                    + ", longer than the issuer is ever out of service.");
        }
        return configured;
    }

    static int mostCertificates(int configured) {
        if (configured < ProfileRules.FEWEST_CERTIFICATES || configured > MOST_CERTIFICATES) {
            throw new IllegalArgumentException(PROFILE_MOST_CERTIFICATES + ": is " + configured
                    + "; set it to a number from " + ProfileRules.FEWEST_CERTIFICATES
                    + " (the present certificate and the one that renews it) to " + MOST_CERTIFICATES + ".");
        }
        return configured;
    }

    private static PolicyFile policies(Path file, AdmissibleProfiles profiles) {
        try {
            return PolicyFile.open(file, profiles);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    POLICIES + ": " + file + " can not be read (" + e + "); set it to a readable file of policies, "
                            + "or leave it out.",
                    e);
        } catch (UnusablePolicyException e) {
            var problems = e.problems().stream()
                    .map(problem -> problem.in(file.toString()))
                    .collect(Collectors.joining("; "));
            throw new IllegalArgumentException(POLICIES + ": can not be used: " + problems + ".", e);
        }
    }

    private static BlockedKeyFile blockedKeys(Path file) {
        try {
            return BlockedKeyFile.open(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    BLOCKED_KEYS + ": " + file + " can not be read (" + e + "); set it to a readable file, "
                            + "or leave it out.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(BLOCKED_KEYS + ": " + e.getMessage() + ".", e);
        }
    }
}
