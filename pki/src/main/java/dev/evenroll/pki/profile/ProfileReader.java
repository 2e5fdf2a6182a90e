package dev.evenroll.pki.profile;

import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.identity.ShardOfSerial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reading of a [ProfileConfig]: every field converted, every problem kept.
final class ProfileReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern DOMAIN_COMPONENT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final int MOST_DOMAIN_COMPONENTS = 4;
    private static final int LONGEST_NAME = 64;
    private static final Duration SHORTEST_VALIDITY = Duration.ofHours(1);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(397);
    private static final Duration LONGEST_BACKDATE = Duration.ofHours(24);
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String ANY_POLICY = "2.5.29.32.0";

    private static final Map<String, String> EXTENDED_KEY_USAGES = Map.of(
            "clientAuth", KeyPurpose.CLIENT_AUTH,
            "serverAuth", KeyPurpose.SERVER_AUTH,
            "cmcRA", KeyPurpose.CMC_RA,
            "ocspSigning", KeyPurpose.OCSP_SIGNING);

    private final FieldReader fields = new FieldReader();
    private final ProfileConfig config;

    private static final int MOST_DUE = 98;

    private ProfileReader(ProfileConfig config) {
        this.config = config;
    }

    static Profile read(ProfileConfig config) {
        var reader = new ProfileReader(config);
        Profile profile = reader.read();
        if (!reader.fields.problems().isEmpty()) {
            throw new UnusableProfileException(config.name(), reader.fields.problems());
        }
        return profile;
    }

    private Profile read() {
        if (!NAME.matcher(config.name()).matches() || config.name().length() > LONGEST_NAME) {
            fields.problem(
                    "name",
                    FieldReader.quoted(config.name()) + " is not in kebab case, like charging-station, or longer than "
                            + LONGEST_NAME + " characters");
        }
        SubjectShape subject = subject(config.subject());
        Profile.Life life = life(config.life());
        Set<KeyKind> keys = keys();
        Set<KeyUsage> keyUsages = keyUsages(keys);
        List<String> extendedKeyUsages = extendedKeyUsages();
        Profile.Addresses addresses = addresses(config.addresses());
        Profile.Policies policies = policies(config.policies());
        Renewal renewal = renewal(config.renewal(), life.validity());
        new ResponderRules(fields, config).check(extendedKeyUsages, subject, keys, life.validity());
        return new Profile(
                config.name(),
                subject,
                keys,
                keyUsages,
                extendedKeyUsages,
                life,
                addresses,
                policies,
                assignedBy(subject, extendedKeyUsages),
                renewal,
                config.ocspNocheck());
    }

    private SubjectShape subject(ProfileConfig.Subject subject) {
        var commonName = fields.word(
                "commonName",
                subject.commonName(),
                CommonName::named,
                "is unknown; write serialNumber, seccId or fqdn");
        var organization = fields.word(
                "organization",
                subject.organization(),
                text -> Optional.ofNullable(Map.of("owner", true, "none", false).get(text)),
                "is unknown; write owner or none");
        if (subject.domainComponents().size() > MOST_DOMAIN_COMPONENTS) {
            fields.problem("domainComponents", "are more than " + MOST_DOMAIN_COMPONENTS + "; name fewer");
        }
        subject.domainComponents().stream()
                .filter(component -> !DOMAIN_COMPONENT.matcher(component).matches())
                .forEach(component -> fields.problem(
                        "domainComponents",
                        FieldReader.quoted(component) + " is no label of letters, digits and '-', like CPO"));
        return new SubjectShape(
                commonName.orElse(CommonName.SERIAL_NUMBER), organization.orElse(true), subject.domainComponents());
    }

    private Profile.Life life(ProfileConfig.Life life) {
        int before = fields.problems().size();
        var validity = fields.duration("validity", life.validity(), SHORTEST_VALIDITY, LONGEST_VALIDITY);
        var backdate = fields.duration("backdate", life.backdate(), Duration.ZERO, LONGEST_BACKDATE);
        var jitter = fields.duration("jitter", life.jitter(), Duration.ZERO, LONGEST_VALIDITY);
        if (fields.problems().size() == before) {
            if (backdate.compareTo(validity) >= 0) {
                fields.problem("backdate", backdate + " is not shorter than the validity " + validity);
            } else if (backdate.plus(jitter).compareTo(validity.dividedBy(2)) > 0) {
                fields.problem(
                        "jitter",
                        "with the back-date, " + backdate.plus(jitter) + ", it takes more than half of the validity "
                                + validity);
            }
        }
        return new Profile.Life(validity, backdate, jitter);
    }

    private Renewal renewal(ProfileConfig.Renewal renewal, Duration given) {
        // Of a wrong validity, which has been said, nothing follows for the renewal.
        var validity = given.compareTo(SHORTEST_VALIDITY) < 0 ? LONGEST_VALIDITY : given;
        var usual = Renewal.usual(validity);
        int due = percent("dueAfterPercent", renewal.dueAfterPercent(), usual.dueAfterPercent(), 1, MOST_DUE);
        int jitter = percent("jitterPercent", renewal.jitterPercent(), Math.min(usual.jitterPercent(), due - 1), 0, 50);
        int overdue = percent(
                "overdueAfterPercent",
                renewal.overdueAfterPercent(),
                Math.max(usual.overdueAfterPercent(), due + 1),
                2,
                MOST_DUE + 1);
        if (jitter >= due) {
            fields.problem("jitterPercent", jitter + " leaves nothing of dueAfterPercent " + due + "; write less");
        }
        if (overdue <= due) {
            fields.problem("overdueAfterPercent", overdue + " is not above dueAfterPercent " + due + "; write more");
        }
        var grace = within("grace", renewal.grace(), usual.grace(), validity);
        var unseen = within("unseenAfter", renewal.unseenAfter(), usual.unseenAfter(), validity);
        return fields.problems().isEmpty() ? new Renewal(due, jitter, overdue, grace, unseen) : usual;
    }

    private int percent(String field, @Nullable Integer given, int usual, int least, int most) {
        if (given != null && (given < least || given > most)) {
            fields.problem(field, given + " is not between " + least + " and " + most);
            return usual;
        }
        return given == null ? usual : given;
    }

    private Duration within(String field, @Nullable String given, Duration usual, Duration validity) {
        return given == null ? usual : fields.duration(field, given, Duration.ZERO, validity);
    }

    private Set<KeyKind> keys() {
        var kinds = fields.words(
                "keys",
                config.keys(),
                KeyKind::named,
                "is unknown; write rsa, secp256r1, secp384r1, secp521r1, ed25519, ed448, ml-dsa-44, ml-dsa-65 or"
                        + " ml-dsa-87");
        if (config.keys().isEmpty()) {
            fields.problem("keys", "is empty; name at least secp256r1");
        }
        kinds.stream()
                .filter(kind -> kind.isExperimental() && !config.experimental())
                .forEach(kind -> fields.problem(
                        "keys",
                        kind.text() + " is for experiments (RFC 9881); write experimental: true, or remove it"));
        Set<KeyKind> set = EnumSet.noneOf(KeyKind.class);
        set.addAll(kinds);
        return set;
    }

    private Set<KeyUsage> keyUsages(Set<KeyKind> keys) {
        Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        usages.addAll(fields.words(
                "keyUsages", config.keyUsages(), KeyUsage::named, "is unknown, or not for the key of a device"));
        if (config.keyUsages().isEmpty()) {
            fields.problem("keyUsages", "is empty; name at least digitalSignature");
        }
        usages.stream()
                .filter(usage -> !keys.isEmpty() && keys.stream().noneMatch(usage::fits))
                .forEach(usage ->
                        fields.problem("keyUsages", "no key of the profile can " + usage.text() + "; remove it"));
        keys.stream()
                .filter(kind -> !usages.isEmpty() && usages.stream().noneMatch(usage -> usage.fits(kind)))
                .forEach(kind -> fields.problem(
                        "keyUsages", "names nothing that " + kind.text() + " keys can do; add digitalSignature"));
        return usages;
    }

    private List<String> extendedKeyUsages() {
        var purposes = fields.words(
                "extendedKeyUsages",
                config.extendedKeyUsages(),
                text -> FieldReader.objectIdentifier(EXTENDED_KEY_USAGES.getOrDefault(text, text)),
                "is neither clientAuth, serverAuth, cmcRA, ocspSigning nor an object identifier");
        if (purposes.contains(ANY_PURPOSE)) {
            fields.problem("extendedKeyUsages", "has anyExtendedKeyUsage; name the purposes, or none");
        }
        return purposes;
    }

    private Profile.Addresses addresses(ProfileConfig.Addresses addresses) {
        var crl = fields.url("crlDistributionPoint", addresses.crlDistributionPoint());
        int shards = addresses.shards();
        if (shards < 1 || shards > ShardOfSerial.MOST_SHARDS) {
            fields.problem("shards", shards + " is not between 1 and " + ShardOfSerial.MOST_SHARDS);
        }
        if (shards > 1 && crl.isPresent() && !crl.get().hasShard()) {
            fields.problem(
                    "crlDistributionPoint", "names one list where there are " + shards + "; write {shard} into it");
        }
        return new Profile.Addresses(
                crl, shards, withoutShard("caIssuers", addresses.caIssuers()), withoutShard("ocsp", addresses.ocsp()));
    }

    private Optional<UrlTemplate> withoutShard(String field, @Nullable String text) {
        var url = fields.url(field, text);
        if (url.filter(UrlTemplate::hasShard).isPresent()) {
            fields.problem(field, "is the same for all shards; remove {shard}");
        }
        return url;
    }

    private Profile.Policies policies(ProfileConfig.Policies policies) {
        var byEnvironment = new TreeMap<String, String>();
        policies.byEnvironment().forEach((environment, oid) -> {
            fields.word(environment, environment, ProfileReader::environment, "is no environment");
            policy(environment, oid).ifPresent(text -> byEnvironment.put(environment, text));
        });
        var byAssurance = new EnumMap<Assurance, String>(Assurance.class);
        policies.byAssurance()
                .forEach((assurance, oid) -> fields.word(
                                assurance, assurance, Assurance::named, "is unknown; write softwareKey or attestedKey")
                        .ifPresent(known -> policy(assurance, oid).ifPresent(text -> byAssurance.put(known, text))));
        var all = new ArrayList<>(byEnvironment.values());
        all.addAll(byAssurance.values());
        if (all.stream().distinct().count() < all.size()) {
            fields.problem("policies", "has one object identifier twice; give each policy its own");
        }
        return new Profile.Policies(byEnvironment, byAssurance);
    }

    private Optional<String> policy(String field, String oid) {
        if (oid.equals(ANY_POLICY)) {
            fields.problem(field, "is anyPolicy; name a policy of your own, or none");
        }
        return fields.word(field, oid, FieldReader::objectIdentifier, "is no object identifier, like 2.999.1");
    }

    private static Optional<Environment> environment(String name) {
        try {
            return Optional.of(new Environment(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Usually the registrar's role is not enough where the holder of a certificate can speak for others: with a
    /// purpose beside that of a TLS client, or as the server of its host name, which a certificate without purposes
    /// may be too (RFC 5280 section 4.2.1.12).
    private Set<Assigner> assignedBy(SubjectShape subject, List<String> purposes) {
        boolean server = subject.dnsName() && purposes.isEmpty();
        boolean speaksForOthers = server || !List.of(KeyPurpose.CLIENT_AUTH).containsAll(purposes);
        Set<Assigner> assigners = speaksForOthers ? EnumSet.allOf(Assigner.class) : EnumSet.of(Assigner.REGISTRAR);
        if (config.assignedBy().isEmpty()) {
            return assigners;
        }
        var named = fields.words(
                "assignedBy", config.assignedBy(), Assigner::named, "is unknown; write registrar or approver");
        if (!config.assignedBy().contains(Assigner.REGISTRAR.text())) {
            fields.problem("assignedBy", "is without registrar, who alone changes the registry; add it");
        }
        return named.isEmpty() ? assigners : EnumSet.copyOf(named);
    }
}
