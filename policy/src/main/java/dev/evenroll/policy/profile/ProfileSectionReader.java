package dev.evenroll.policy.profile;

import static dev.evenroll.policy.profile.ProfileFormat.ASSIGNED_BY;
import static dev.evenroll.policy.profile.ProfileFormat.ASSURANCE;
import static dev.evenroll.policy.profile.ProfileFormat.ASSURANCE_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.BACKDATE;
import static dev.evenroll.policy.profile.ProfileFormat.CA_ISSUERS;
import static dev.evenroll.policy.profile.ProfileFormat.COMMON_NAME;
import static dev.evenroll.policy.profile.ProfileFormat.CRL_DISTRIBUTION_POINT;
import static dev.evenroll.policy.profile.ProfileFormat.DOMAIN_COMPONENTS;
import static dev.evenroll.policy.profile.ProfileFormat.DUE_AFTER_PERCENT;
import static dev.evenroll.policy.profile.ProfileFormat.ENVIRONMENT;
import static dev.evenroll.policy.profile.ProfileFormat.ENVIRONMENT_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.EXPERIMENTAL;
import static dev.evenroll.policy.profile.ProfileFormat.EXTENDED_KEY_USAGES;
import static dev.evenroll.policy.profile.ProfileFormat.GRACE;
import static dev.evenroll.policy.profile.ProfileFormat.JITTER;
import static dev.evenroll.policy.profile.ProfileFormat.JITTER_PERCENT;
import static dev.evenroll.policy.profile.ProfileFormat.KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.KEY_USAGES;
import static dev.evenroll.policy.profile.ProfileFormat.NAME;
import static dev.evenroll.policy.profile.ProfileFormat.OCSP;
import static dev.evenroll.policy.profile.ProfileFormat.OCSP_NOCHECK;
import static dev.evenroll.policy.profile.ProfileFormat.ORGANIZATION;
import static dev.evenroll.policy.profile.ProfileFormat.OVERDUE_AFTER_PERCENT;
import static dev.evenroll.policy.profile.ProfileFormat.POLICIES;
import static dev.evenroll.policy.profile.ProfileFormat.POLICIES_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.RENEWAL;
import static dev.evenroll.policy.profile.ProfileFormat.RENEWAL_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.SUBJECT;
import static dev.evenroll.policy.profile.ProfileFormat.SUBJECT_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.UNSEEN_AFTER;
import static dev.evenroll.policy.profile.ProfileFormat.VALIDITY;

import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.ProfileConfig;
import dev.evenroll.pki.profile.ProfileProblem;
import dev.evenroll.pki.profile.UnusableProfileException;
import dev.evenroll.policy.yaml.Section;
import dev.evenroll.policy.yaml.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one profile of a file: finds its values here, and has them checked by [Profile#validate], whose problems are
/// put at their places.
final class ProfileSectionReader {

    /// For the revocation list of a profile without one.
    private static final String NONE = "none";
    /// The clocks of those who prepare, sign and read a certificate differ.
    private static final Duration SHORTEST_BACKDATE = Duration.ofMinutes(1);

    private static final int LONGEST_TEXT = 500;

    private final Section section;
    private final List<Section> sections = new ArrayList<>();
    /// Keys whose value could not be read, which has been said.
    private final Set<String> unread = new HashSet<>();

    private ProfileSectionReader(Section section) {
        this.section = section;
        sections.add(section);
    }

    /// The profile; empty, with problems, when it can not be used. There may be problems when it is there, too.
    static Optional<Profile> read(Section section, int shards, String crlUrl) {
        return new ProfileSectionReader(section).read(shards, crlUrl);
    }

    private Optional<Profile> read(int shards, String crlUrl) {
        require(section, NAME, "name the profile, like charging-station");
        require(section, SUBJECT, "say what the subject consists of, like { commonName: serialNumber }");
        require(section, KEYS, "name the keys that are certified, like [secp256r1]");
        require(section, KEY_USAGES, "name them, like [digitalSignature]");
        require(section, VALIDITY, "write a duration, like P365D");
        var config = new ProfileConfig(
                text(section, NAME, "missing"),
                flag(EXPERIMENTAL),
                subject(),
                texts(section, KEYS),
                texts(section, KEY_USAGES),
                texts(section, EXTENDED_KEY_USAGES),
                new ProfileConfig.Life(
                        text(section, VALIDITY, "P365D"),
                        text(section, BACKDATE, "PT5M"),
                        text(section, JITTER, "PT0S")),
                addresses(shards, crlUrl),
                policies(),
                texts(section, ASSIGNED_BY),
                renewal(),
                flag(OCSP_NOCHECK));
        try {
            var profile = Profile.validate(config);
            if (profile.backdate().compareTo(SHORTEST_BACKDATE) < 0) {
                section.problem(
                        BACKDATE,
                        "is " + profile.backdate() + "; write at least " + SHORTEST_BACKDATE
                                + ", since no two clocks agree");
            }
            return Optional.of(profile);
        } catch (UnusableProfileException e) {
            e.problems().forEach(this::place);
            return Optional.empty();
        }
    }

    private ProfileConfig.Subject subject() {
        var subject = section.section(SUBJECT, SUBJECT_KEYS);
        if (subject.isEmpty()) {
            return new ProfileConfig.Subject("serialNumber", "owner", List.of());
        }
        sections.add(subject.get());
        require(subject.get(), COMMON_NAME, "write serialNumber, seccId or fqdn");
        return new ProfileConfig.Subject(
                text(subject.get(), COMMON_NAME, "serialNumber"),
                text(subject.get(), ORGANIZATION, "owner"),
                texts(subject.get(), DOMAIN_COMPONENTS));
    }

    private ProfileConfig.Addresses addresses(int shards, String crlUrl) {
        String crl = text(section, CRL_DISTRIBUTION_POINT, crlUrl);
        // Only where it is written: the URL that stands for those which name none is one.
        boolean none = section.has(CRL_DISTRIBUTION_POINT) && crl.equals(NONE);
        return new ProfileConfig.Addresses(none ? null : crl, shards, address(CA_ISSUERS), address(OCSP));
    }

    private @Nullable String address(String key) {
        String text = text(section, key, "");
        return section.has(key) && !text.isEmpty() ? text : null;
    }

    private ProfileConfig.Renewal renewal() {
        var renewal = section.section(RENEWAL, RENEWAL_KEYS);
        if (renewal.isEmpty()) {
            return ProfileConfig.Renewal.USUAL;
        }
        sections.add(renewal.get());
        return new ProfileConfig.Renewal(
                percent(renewal.get(), DUE_AFTER_PERCENT),
                percent(renewal.get(), JITTER_PERCENT),
                percent(renewal.get(), OVERDUE_AFTER_PERCENT),
                duration(renewal.get(), GRACE),
                duration(renewal.get(), UNSEEN_AFTER));
    }

    private static @Nullable Integer percent(Section renewal, String key) {
        return renewal.value(key, Values.number(0, 100)).orElse(null);
    }

    private @Nullable String duration(Section renewal, String key) {
        String text = text(renewal, key, "");
        return renewal.has(key) && !text.isEmpty() ? text : null;
    }

    private ProfileConfig.Policies policies() {
        var policies = section.section(POLICIES, POLICIES_KEYS);
        if (policies.isEmpty()) {
            return ProfileConfig.Policies.NONE;
        }
        return new ProfileConfig.Policies(
                identifiers(policies.get(), ENVIRONMENT, ENVIRONMENT_KEYS),
                identifiers(policies.get(), ASSURANCE, ASSURANCE_KEYS));
    }

    private Map<String, String> identifiers(Section policies, String key, List<String> keys) {
        var identifiers = new LinkedHashMap<String, String>();
        policies.section(key, keys).ifPresent(given -> {
            sections.add(given);
            keys.stream().filter(given::has).forEach(name -> {
                String text = text(given, name, "");
                if (!text.isEmpty()) {
                    identifiers.put(name, text);
                }
            });
        });
        return identifiers;
    }

    private boolean flag(String key) {
        return section.value(key, Values.oneOf(Map.of("true", true, "false", false)))
                .orElse(false);
    }

    private void require(Section where, String key, String advice) {
        if (!where.has(key)) {
            where.require(key, advice);
            unread.add(key);
        }
    }

    /// What is written, or what stands for it; so that the other fields can be checked in any case.
    private String text(Section where, String key, String otherwise) {
        return read(where, key, where.value(key, Values.text(LONGEST_TEXT)), otherwise);
    }

    private List<String> texts(Section where, String key) {
        return read(where, key, where.values(key, Values.text(LONGEST_TEXT)), List.of());
    }

    private <T> T read(Section where, String key, Optional<T> value, T otherwise) {
        if (where.has(key) && value.isEmpty()) {
            unread.add(key);
        }
        return value.orElse(otherwise);
    }

    private void place(ProfileProblem problem) {
        if (!unread.contains(problem.field())) {
            sections.stream()
                    .filter(candidate -> candidate.has(problem.field()))
                    .findFirst()
                    .orElse(section)
                    .problem(problem.field(), problem.reason());
        }
    }
}
