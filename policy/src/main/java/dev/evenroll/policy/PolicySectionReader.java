package dev.evenroll.policy;

import static dev.evenroll.policy.PolicyFormat.APPROVAL_EXPIRES;
import static dev.evenroll.policy.PolicyFormat.ATTESTATION;
import static dev.evenroll.policy.PolicyFormat.DECISION;
import static dev.evenroll.policy.PolicyFormat.MATCH;
import static dev.evenroll.policy.PolicyFormat.MATCH_KEYS;
import static dev.evenroll.policy.PolicyFormat.MODEL;
import static dev.evenroll.policy.PolicyFormat.NAME;
import static dev.evenroll.policy.PolicyFormat.OCPP_IDENTITY;
import static dev.evenroll.policy.PolicyFormat.OWNER;
import static dev.evenroll.policy.PolicyFormat.PROFILE;
import static dev.evenroll.policy.PolicyFormat.QUOTA_PER_HOUR;
import static dev.evenroll.policy.PolicyFormat.REASON;
import static dev.evenroll.policy.PolicyFormat.REGISTER;
import static dev.evenroll.policy.PolicyFormat.REGISTER_KEYS;
import static dev.evenroll.policy.PolicyFormat.SITE;
import static dev.evenroll.policy.PolicyFormat.UNKNOWN_DEVICES;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import dev.evenroll.policy.yaml.Excerpt;
import dev.evenroll.policy.yaml.Section;
import dev.evenroll.policy.yaml.UnusableValueException;
import dev.evenroll.policy.yaml.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one policy.
final class PolicySectionReader {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SITE = 255;
    private static final int LONGEST_REASON = 500;
    private static final int HIGHEST_QUOTA = 1_000_000;
    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final Duration USUAL_WAIT = Duration.ofDays(7);
    /// identifierString (OCPP 2.0.1 part 2), once the serial number is filled in.
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9*\\-_=:+|@.]+");

    private static final List<String> FOR_ADMITTED =
            List.of(QUOTA_PER_HOUR, ATTESTATION, APPROVAL_EXPIRES, UNKNOWN_DEVICES, REGISTER);

    private enum Decision {
        ALLOW,
        APPROVE,
        REFUSE
    }

    private enum Unknown {
        REFUSE,
        REGISTER,
        QUARANTINE
    }

    private final Section section;
    private final @Nullable Section criteria;
    private final AllowListFiles files;
    private final AdmissibleProfiles profiles;

    private PolicySectionReader(Section section, AllowListFiles files, AdmissibleProfiles profiles) {
        this.section = section;
        this.criteria = section.section(MATCH, MATCH_KEYS).orElse(null);
        this.files = files;
        this.profiles = profiles;
    }

    /// What could be read of a policy. Others are compared with it also when the rest of it can not be used.
    ///
    /// @param whole empty when something that it needs can not be used
    record Read(Section section, Optional<String> name, Optional<Match> match, Optional<Policy> whole) {

        /// How a problem of another policy names it.
        String mention() {
            return "policy " + name.map(text -> text + " ").orElse("") + "in line " + section.line();
        }
    }

    static Read read(Section section, AllowListFiles files, AdmissibleProfiles profiles) {
        return new PolicySectionReader(section, files, profiles).read();
    }

    private Read read() {
        section.require(NAME, "give every policy a name of its own");
        section.require(MATCH, "say whom the policy is for; for everybody, write \"match: {}\"");
        section.require(DECISION, "write allow, approve or refuse");
        var name = section.value(NAME, Values::name);
        Optional<Match> match = criteria == null ? Optional.empty() : MatchReader.read(criteria, files);
        var ruling = section.value(
                        DECISION,
                        Values.oneOf(Map.of(
                                "allow", Decision.ALLOW, "approve", Decision.APPROVE, "refuse", Decision.REFUSE)))
                .flatMap(decision -> ruling(decision, name.orElse("")));
        var whole = name.flatMap(itsName -> match.flatMap(
                itsMatch -> ruling.map(itsRuling -> new Policy(itsName, section.line(), itsMatch, itsRuling))));
        return new Read(section, name, match, whole);
    }

    private Optional<Ruling> ruling(Decision decision, String name) {
        var reason = section.value(REASON, Values.text(LONGEST_REASON));
        return switch (decision) {
            case ALLOW -> {
                section.refuse(REASON, "is given where nobody is refused or waits; remove it");
                yield Optional.of(admit(null));
            }
            case APPROVE -> Optional.of(admit(reason.orElse("policy " + name + " asks for the approval of a person")));
            case REFUSE -> {
                section.require(REASON, "tell whoever is refused why");
                FOR_ADMITTED.forEach(
                        key -> section.refuse(key, "says nothing where every request is refused; remove it"));
                yield reason.map(Ruling.Refuse::new);
            }
        };
    }

    private Ruling admit(@Nullable String approval) {
        return new Ruling.Admit(
                approval,
                section.value(QUOTA_PER_HOUR, Values.number(1, HIGHEST_QUOTA)).orElse(null),
                section.value(ATTESTATION, Values.oneOf(Map.of("required", true)))
                        .isPresent(),
                section.value(APPROVAL_EXPIRES, Values.duration(SHORTEST_WAIT, LONGEST_WAIT))
                        .orElse(USUAL_WAIT),
                unknownDevices().orElse(null));
    }

    private Optional<Entry> unknownDevices() {
        var unknown = section.value(
                        UNKNOWN_DEVICES,
                        Values.oneOf(Map.of(
                                "refuse", Unknown.REFUSE,
                                "register", Unknown.REGISTER,
                                "quarantine", Unknown.QUARANTINE)))
                .orElse(Unknown.REFUSE);
        if (unknown == Unknown.REFUSE) {
            section.refuse(
                    REGISTER, "says nothing where unknown devices are refused; write unknownDevices, or remove it");
            return Optional.empty();
        }
        section.require(REGISTER, "say how unknown devices are entered in the registry");
        return section.section(REGISTER, REGISTER_KEYS)
                .flatMap(register -> entry(register, unknown == Unknown.QUARANTINE));
    }

    private Optional<Entry> entry(Section register, boolean quarantined) {
        register.require(OWNER, "name the charging station operator");
        register.require(SITE, "name a site, for example unassigned");
        boolean modelKnown = criteria == null || criteria.has(MODEL);
        if (!modelKnown) {
            register.require(MODEL, "name the model of devices whose trust anchor names none, or match by model");
        }
        var owner = register.value(OWNER, Values.text(LONGEST_NAME));
        var site = register.value(SITE, Values.text(LONGEST_SITE));
        var model = register.value(MODEL, Values.text(LONGEST_NAME)).orElse(null);
        var identity =
                register.value(OCPP_IDENTITY, PolicySectionReader::identity).orElse(Entry.SERIAL_NUMBER);
        var profile = register.has(PROFILE) ? register.value(PROFILE, Values::name) : Optional.of(Entry.USUAL_PROFILE);
        profile.flatMap(profiles::problemWith).ifPresent(problem -> register.problem(PROFILE, problem));
        return owner.flatMap(itsOwner -> site.map(itsSite ->
                new Entry(itsOwner, itsSite, model, identity, profile.orElse(Entry.USUAL_PROFILE), quarantined)));
    }

    private static String identity(String text) throws UnusableValueException {
        String filled = text.replace(Entry.SERIAL_NUMBER, "0");
        if (!text.contains(Entry.SERIAL_NUMBER)) {
            throw new UnusableValueException(
                    Excerpt.of(text) + " would be the same for all devices; write {serialNumber} where theirs goes");
        }
        if (!IDENTITY.matcher(filled).matches() || filled.length() > Entry.LONGEST_OCPP_IDENTITY) {
            throw new UnusableValueException(
                    Excerpt.of(text) + " is no OCPP identity; write {serialNumber} and at most "
                            + (Entry.LONGEST_OCPP_IDENTITY - 1) + " letters, digits and * - _ = : + | @ .");
        }
        return text;
    }
}
