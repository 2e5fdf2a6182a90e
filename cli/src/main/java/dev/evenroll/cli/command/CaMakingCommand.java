package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CaPlan;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.RootSteps;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ceremony.CaName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;

/// A ceremony that makes CAs: where their keys are to be, how long they are valid, and what to be warned of.
abstract class CaMakingCommand extends CaStepCommand {

    @Mixin
    private CaKeyOptions keyOptions = new CaKeyOptions();

    @Mixin
    private CaRootOptions rootOptions = new CaRootOptions();

    @Mixin
    private CaValidityOption validity = new CaValidityOption();

    private final Set<String> warnings = new HashSet<>();

    /// Where the key of an issuing CA is to be.
    ///
    /// @param before where the key of the CA before is
    KeyPlace place(CeremonyDirectory directory, CaName name, Optional<KeyPlace> before) {
        return keyOptions.place(this, directory, name, before);
    }

    /// How long an issuing CA is valid.
    Duration validity() {
        return validity.validity();
    }

    /// The root that is to be made.
    ///
    /// @param neighbour where the issuing CA's key is, or that of the root before
    CaPlan rootPlan(CeremonyDirectory directory, CaName name, Optional<KeyPlace> neighbour, Instant now) {
        return rootOptions.plan(this, directory, name, neighbour, now);
    }

    /// Makes a root, and asks before; one that is there already stays.
    void makeRoot(Ceremony ceremony, CaPlan plan)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        step(
                ceremony.directory().roots().containsKey(plan.name().name()),
                "Make the root?",
                () -> new RootSteps(ceremony).create(plan),
                willBeMade("The root ", plan),
                "  subject: " + plan.name().subject());
    }

    /// What is said of a CA before it is made.
    static String willBeMade(String kind, CaPlan plan) {
        return kind + plan.name().name() + " will be made: " + plan.type() + ", " + plan.key() + ", for "
                + plan.validity().toDays() + " days.";
    }

    /// Warns of what is for tests, or not for every client.
    void warn(CaPlan plan) {
        if (plan.place() instanceof KeyPlace.InFile) {
            warn("Warning: a software key is made, in a file. Whoever reads that file has the key: for tests only.");
        }
        if (plan.type().isExperimental()) {
            warn("Warning: " + plan.type() + " is experimental: few devices and few libraries can verify it yet.");
        }
    }

    /// Warns of a root that the issuer could use.
    void warnOfSharedToken(KeyPlace root, Optional<KeyPlace> issuing) {
        if (root instanceof KeyPlace.InToken(var token)
                && issuing.orElse(null) instanceof KeyPlace.InToken(var other)
                && token.tokenLabel().equals(other.tokenLabel())) {
            warn(
                    "Warning: the root's key is in the token of the issuing CA. Whoever takes over the issuer can use it: for"
                            + " production, give the root a token of its own, or have it offline.");
        }
    }

    private void warn(String sentence) {
        if (warnings.add(sentence)) {
            err().println(sentence);
        }
    }
}
