package dev.evenroll.cli.policy;

import dev.evenroll.policy.AllowList;
import dev.evenroll.policy.Entry;
import dev.evenroll.policy.Match;
import dev.evenroll.policy.Policy;
import dev.evenroll.policy.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A policy in words, for people.
public final class PolicyWords {

    private PolicyWords() {}

    /// `allow`, `approve` or `refuse`.
    public static String decision(Policy policy) {
        return switch (policy.ruling()) {
            case Ruling.Refuse _ -> "refuse";
            case Ruling.Admit admit -> admit.approval() == null ? "allow" : "approve";
        };
    }

    /// Whom it is for, in a line.
    public static String audience(Policy policy) {
        var match = policy.match();
        return match.isForEverybody() ? "every device" : String.join("; ", criteria(match));
    }

    private static List<String> criteria(Match match) {
        var criteria = new ArrayList<String>();
        add(criteria, "manufacturer ", new TreeSet<>(match.manufacturers()));
        add(criteria, "model ", new TreeSet<>(match.models()));
        add(criteria, "serial number ", match.serialNumbers());
        if (match.allowList() != null) {
            criteria.add(listed(match.allowList()));
        }
        add(criteria, "from ", match.addresses());
        if (match.from() != null) {
            criteria.add("not before " + match.from());
        }
        if (match.until() != null) {
            criteria.add("before " + match.until());
        }
        return criteria;
    }

    private static void add(List<String> criteria, String name, Collection<?> values) {
        if (!values.isEmpty()) {
            criteria.add(name + values.stream().map(String::valueOf).collect(Collectors.joining(" or ")));
        }
    }

    private static String listed(AllowList list) {
        String where = list.source().isEmpty() ? "" : " in " + list.source();
        return "one of "
                + String.format(Locale.ROOT, "%,d", list.serialNumbers().size()) + " serial numbers" + where;
    }

    /// What it says of them, in a line; empty when nothing but its decision.
    public static String terms(Policy policy) {
        return switch (policy.ruling()) {
            case Ruling.Refuse(var reason) -> reason;
            case Ruling.Admit admit -> String.join("; ", terms(admit));
        };
    }

    private static List<String> terms(Ruling.Admit admit) {
        var terms = new ArrayList<String>();
        if (admit.approval() != null) {
            terms.add(admit.approval());
        }
        if (admit.quotaPerHour() != null) {
            terms.add(String.format(Locale.ROOT, "at most %,d an hour", admit.quotaPerHour()));
        }
        if (admit.attestationRequired()) {
            terms.add("attested keys only");
        }
        var entry = admit.unknownDevices();
        if (admit.approval() != null || (entry != null && entry.quarantined())) {
            terms.add("waits " + duration(admit.approvalExpires()) + " for a person");
        }
        terms.add(entry == null ? "unknown devices are refused" : entered(entry));
        return terms;
    }

    private static String entered(Entry entry) {
        return "unknown devices are registered" + (entry.quarantined() ? " in quarantine" : "") + " for "
                + entry.owner() + " at " + entry.site();
    }

    /// `14 days`, `36 hours`, else as ISO 8601 has it.
    public static String duration(Duration duration) {
        if (duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() == 1 ? "1 day" : duration.toDays() + " days";
        }
        if (duration.equals(Duration.ofHours(duration.toHours()))) {
            return duration.toHours() == 1 ? "1 hour" : duration.toHours() + " hours";
        }
        return duration.toString();
    }
}
