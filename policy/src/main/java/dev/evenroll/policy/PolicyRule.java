package dev.evenroll.policy;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Each reason for which policies refuse a request: one row of a table of rules.
public enum PolicyRule {
    NONE(
            "policy-none",
            "a device that no policy is for",
            "no policy is for device <device> of manufacturer <manufacturer>, model <model>, from <address>;"
                    + " register the device, or write a policy that matches it"),
    REFUSED("policy-refused", "a device that a policy keeps out", "policy <policy> refuses it: <reason>"),
    BARRED(
            "policy-barred-device",
            "a suspended or decommissioned device",
            "policy <policy> lets no device in that is suspended or decommissioned; resume it, or register it anew"),
    ATTESTATION(
            "policy-attestation",
            "a key without the attestation that the policy asks for",
            "policy <policy> asks for an attested key, and this one is not; enroll with an attested key"),
    UNKNOWN_DEVICE(
            "policy-unknown-device",
            "an unregistered device under a policy for registered ones",
            "policy <policy> is for registered devices, and <device> is not; register it first"),
    OCPP_IDENTITY(
            "policy-ocpp-identity",
            "an unknown device whose OCPP identity would be too long",
            "policy <policy> would give <device> an OCPP identity of <characters> characters, and at most"
                    + " 48 fit; register the device by hand");

    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z]+>");

    private final String rule;
    private final String refuses;
    private final String message;

    PolicyRule(String rule, String refuses, String message) {
        this.rule = rule;
        this.refuses = refuses;
        this.message = message;
    }

    /// The stable name.
    public String rule() {
        return rule;
    }

    /// What is refused, in a few words.
    public String refuses() {
        return refuses;
    }

    /// The message, with a placeholder like `<device>` wherever a value goes.
    public String message() {
        return message;
    }

    /// @param policy name of the policy that decided; empty when none did
    /// @param values what goes into the placeholders, in their order
    PolicyOutcome.Refused refused(String policy, String... values) {
        var next = new int[] {0};
        String filled =
                PLACEHOLDER.matcher(message).replaceAll((MatchResult _) -> Matcher.quoteReplacement(values[next[0]++]));
        return new PolicyOutcome.Refused(policy, rule, filled);
    }
}
