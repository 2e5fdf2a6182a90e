package dev.evenroll.cli.policy;

import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.profile.Assigner;
import dev.evenroll.pki.profile.CommonName;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.KeyUsage;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.UrlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A certificate profile in words, for people.
public final class ProfileWords {

    /// The revocation list of a profile that names none, where no issuer says which.
    public static final String CRL_URL = "http://evenroll.ca.crl-url/{shard}";

    private static final Map<String, String> PURPOSES = Map.of(
            KeyPurpose.CLIENT_AUTH, "clientAuth",
            KeyPurpose.SERVER_AUTH, "serverAuth",
            KeyPurpose.CMC_RA, "cmcRA",
            KeyPurpose.OCSP_SIGNING, "ocspSigning");

    private ProfileWords() {}

    /// All of it, in a few lines.
    public static List<String> lines(Profile profile) {
        var lines = new ArrayList<String>();
        lines.add(subject(profile));
        lines.add((profile.experimental() ? "experimental; " : "") + "keys " + String.join(", ", keys(profile)));
        var usages = String.join(", ", keyUsages(profile));
        lines.add(
                profile.extendedKeyUsages().isEmpty()
                        ? usages
                        : usages + "; for " + String.join(", ", purposes(profile)));
        lines.add("valid " + validity(profile));
        profile.renewal()
                .ifPresent(terms -> lines.add("renewed after " + terms.dueAfterPercent() + " % of it"
                        + (terms.jitterPercent() == 0 ? "" : " less up to " + terms.jitterPercent() + " %")
                        + ", overdue after " + terms.overdueAfterPercent() + " %"));
        lines.add(status(profile));
        var policies = policies(profile);
        if (!policies.isEmpty()) {
            lines.add("policies " + policies);
        }
        if (profile.assignedBy().contains(Assigner.APPROVER)) {
            lines.add("given to a device with the roles " + String.join(" and ", assigners(profile)) + " only");
        }
        return lines;
    }

    /// `DC=CPO, O=owner, CN=seccId`.
    public static String subject(Profile profile) {
        var parts = new ArrayList<String>();
        profile.subject().domainComponents().forEach(component -> parts.add("DC=" + component));
        if (profile.subject().organization()) {
            parts.add("O=owner");
        }
        CommonName commonName = profile.subject().commonName();
        parts.add("CN=" + commonName.text() + (profile.subject().dnsName() ? " (and dNSName)" : ""));
        return String.join(", ", parts);
    }

    /// As a file of profiles calls them.
    public static List<String> keys(Profile profile) {
        return profile.keys().stream().map(KeyKind::text).toList();
    }

    /// As a file of profiles calls them.
    public static List<String> keyUsages(Profile profile) {
        return profile.keyUsages().stream().map(KeyUsage::text).toList();
    }

    /// As a file of profiles calls them; object identifiers where it has no name.
    public static List<String> purposes(Profile profile) {
        return profile.extendedKeyUsages().stream()
                .map(oid -> PURPOSES.getOrDefault(oid, oid))
                .toList();
    }

    /// As a file of profiles calls them.
    public static List<String> assigners(Profile profile) {
        return profile.assignedBy().stream().map(Assigner::text).toList();
    }

    private static String validity(Profile profile) {
        String validity = PolicyWords.duration(profile.validity());
        return profile.jitter().isZero()
                ? validity
                : validity + " less up to " + PolicyWords.duration(profile.jitter());
    }

    private static String status(Profile profile) {
        var parts = new ArrayList<String>();
        parts.add(profile.crlDistributionPoint()
                .map(url -> "revocation list " + (url.text().equals(CRL_URL) ? "of the installation" : url.text()))
                .orElse("no revocation list"));
        if (profile.crlDistributionPoint().isPresent() && profile.shards() > 1) {
            parts.add(profile.shards() + " shards");
        }
        profile.ocsp().map(UrlTemplate::text).ifPresent(url -> parts.add("OCSP " + url));
        profile.caIssuers().map(UrlTemplate::text).ifPresent(url -> parts.add("CA " + url));
        if (profile.ocspNocheck()) {
            parts.add("nobody asks for its status");
        }
        return String.join("; ", parts);
    }

    private static String policies(Profile profile) {
        var policies = new ArrayList<String>();
        new TreeMap<>(profile.environmentPolicies()).forEach((name, oid) -> policies.add(name + " " + oid));
        new TreeMap<>(profile.assurancePolicies()).forEach((known, oid) -> policies.add(known.text() + " " + oid));
        return String.join(", ", policies);
    }
}
