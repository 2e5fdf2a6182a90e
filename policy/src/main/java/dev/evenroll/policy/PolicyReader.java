package dev.evenroll.policy;

import static dev.evenroll.policy.PolicyFormat.FILE_KEYS;
import static dev.evenroll.policy.PolicyFormat.GRACE_AFTER_EXPIRY;
import static dev.evenroll.policy.PolicyFormat.POLICIES;
import static dev.evenroll.policy.PolicyFormat.POLICY_KEYS;
import static dev.evenroll.policy.PolicyFormat.RENEWAL;
import static dev.evenroll.policy.PolicyFormat.RENEWAL_KEYS;
import static dev.evenroll.policy.PolicyFormat.VERSION;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import dev.evenroll.policy.yaml.Problems;
import dev.evenroll.policy.yaml.Section;
import dev.evenroll.policy.yaml.Values;
import dev.evenroll.policy.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a file of policies (docs/POLICIES.md). YAML 1.1 as far as its nodes: no type of it is ever
/// made an object.
///
/// What is wrong is reported all at once, each with its line and column. Nothing is passed over: a key
/// that nobody knows is a problem like any other.
public final class PolicyReader {

    private static final int MOST_POLICIES = 200;
    private static final Duration LONGEST_GRACE = Duration.ofDays(365);
    private static final int DIGITS_OF_VERSION = 12;

    /// The policies, and what each file with serial numbers looked like before it was read.
    record Reading(PolicySet policies, Map<Path, FileStamp> allowLists) {}

    private final Problems problems = new Problems();
    private final String yaml;
    private final AllowListFiles files;
    private final AdmissibleProfiles profiles;

    private PolicyReader(String yaml, Path directory, AdmissibleProfiles profiles) {
        this.yaml = yaml;
        this.profiles = profiles;
        this.files = new AllowListFiles(directory);
    }

    /// Reads the text of a file.
    ///
    /// @param yaml content of the file
    /// @param directory of the file: relative names of files with serial numbers start from it
    /// @param profiles the certificate profiles of the installation
    /// @throws UnusablePolicyException with every problem, when there is one
    public static PolicySet read(String yaml, Path directory, AdmissibleProfiles profiles)
            throws UnusablePolicyException {
        return reading(yaml, directory, profiles).policies();
    }

    static Reading reading(String yaml, Path directory, AdmissibleProfiles profiles) throws UnusablePolicyException {
        return new PolicyReader(yaml, directory, profiles).reading();
    }

    private Reading reading() throws UnusablePolicyException {
        var policies = YamlDocument.root(yaml, "write version and policies", problems)
                .flatMap(root -> Section.of(root, "file", FILE_KEYS, problems))
                .map(this::policySet);
        if (policies.isEmpty() || !problems.none()) {
            throw new UnusablePolicyException(problems.inOrder(), files.stamps());
        }
        return new Reading(policies.get(), files.stamps());
    }

    private PolicySet policySet(Section file) {
        file.require(VERSION, "write a label that you change with the file, like 2026-11-a");
        file.require(POLICIES, "write at least one policy");
        String label = file.value(VERSION, Values::label).orElse("");
        var grace = file.section(RENEWAL, RENEWAL_KEYS)
                .flatMap(renewal -> renewal.value(GRACE_AFTER_EXPIRY, Values.duration(Duration.ZERO, LONGEST_GRACE)))
                .orElse(Duration.ZERO);
        var sections = file.sections(POLICIES, "policy", POLICY_KEYS);
        if (sections.size() > MOST_POLICIES) {
            file.problem(POLICIES, "are " + sections.size() + "; at most " + MOST_POLICIES + " are read, so join some");
        }
        var read = new ArrayList<PolicySectionReader.Read>();
        for (var section : sections) {
            var policy = PolicySectionReader.read(section, files, profiles);
            compare(policy, read);
            read.add(policy);
        }
        var policies = read.stream().flatMap(policy -> policy.whole().stream()).toList();
        String digest = Digests.of(yaml, files.digests());
        return new PolicySet(label + "@" + digest.substring(0, DIGITS_OF_VERSION), policies, grace);
    }

    /// A policy must differ from the ones before it, by its name and by whom it is for.
    private static void compare(PolicySectionReader.Read policy, List<PolicySectionReader.Read> before) {
        policy.name()
                .ifPresent(name -> before.stream()
                        .filter(other -> other.name().equals(policy.name()))
                        .findFirst()
                        .ifPresent(other -> policy.section()
                                .problem(
                                        PolicyFormat.NAME,
                                        "\"" + name + "\" is the name of the policy in line "
                                                + other.section().line() + " too; choose another")));
        policy.match()
                .ifPresent(match -> before.stream()
                        .filter(other ->
                                other.match().filter(its -> its.covers(match)).isPresent())
                        .findFirst()
                        .ifPresent(other -> policy.section()
                                .problem(
                                        PolicyFormat.MATCH,
                                        policy.name()
                                                        .map(name -> "policy " + name)
                                                        .orElse("this policy")
                                                + " is never reached: " + other.mention()
                                                + " is for all of its devices; put this one before it, or remove it")));
    }
}
