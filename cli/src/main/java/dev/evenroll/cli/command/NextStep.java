package dev.evenroll.cli.command;

import java.nio.file.Path;
import java.util.Set;

/// What a person does next whose device got no certificate.
///
/// @param anew whether the command was given `--anew`, which would begin once more when it is repeated
record NextStep(boolean anew) {

    /// Rules that refuse the same key, or the same request, however often it is sent (docs/RULES.md).
    private static final Set<String> ASK_FOR_A_NEW_KEY = Set.of(
            "approval-rejected",
            "key-algorithm",
            "key-blocked",
            "key-claim",
            "key-encoding",
            "renewal-new-key",
            "weak-key");

    /// Rules that refuse the present certificate for good.
    private static final Set<String> ASK_FOR_A_FIRST_CERTIFICATE =
            Set.of("renewal-expired", "renewal-former-life", "renewal-revoked");

    /// How to send the same request again.
    String again() {
        return anew ? "run the same command without --anew" : "run the same command again";
    }

    /// What to do after a refusal.
    ///
    /// @param text the refusal: one line for each finding, which begins with the rule; or a sentence
    String afterRefusal(String text, Path directory) {
        if (names(ASK_FOR_A_FIRST_CERTIFICATE, text) || text.contains("has been revoked. ")) {
            return "The present certificate can not be renewed any more: enroll with --anew in place of --renew.";
        }
        if (names(ASK_FOR_A_NEW_KEY, text)) {
            return "Sent again, this request is refused again. Once that is mended, run the same command with --anew: it"
                    + " makes a new key and a new request, and puts these aside in "
                    + directory.resolve("previous") + ".";
        }
        return "Once that is mended, " + again() + ". Key and request are kept in " + directory + ".";
    }

    private static boolean names(Set<String> rules, String text) {
        return text.lines().anyMatch(line -> rules.contains(line.split(":", 2)[0]));
    }
}
