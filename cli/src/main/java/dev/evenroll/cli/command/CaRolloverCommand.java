package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CaPlan;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.IssuingSteps;
import dev.evenroll.hsm.ceremony.RootSteps;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll ca rollover`.
@Command(
        name = "rollover",
        description = "Makes the next issuing CA, and with --root the next root, certified by the root before.",
        footer = {
            "What is not given of the key is as with the CA before. Interrupted, the same command goes on where it was.",
            "With a root that is offline: there `ca rollover --root-only` for a new root; here `ca rollover` makes a"
                    + " request, then `ca sign` there and `ca install` here."
        },
        mixinStandardHelpOptions = true)
final class CaRolloverCommand extends CaMakingCommand {

    /// By then the services of this machine have read it.
    private static final Duration LOCAL_NOTICE = Duration.ofMinutes(1);

    @Mixin
    private LocalCaDirectoryOption where = new LocalCaDirectoryOption();

    @Option(
            names = "--active-from",
            paramLabel = "TIME",
            converter = InstantArgument.class,
            description = "From when on the next CA issues: 2027-01-31, 2027-01-31T12:00:00Z, or 30d from now on. Until"
                    + " then whoever verifies certificates must know it. For the CAs of the local stack: a minute from"
                    + " now on, when not given.")
    private @Nullable Instant activeFrom;

    @Option(names = "--root", description = "Make a new root too, and cross certificates both ways.")
    private boolean root;

    @Option(
            names = "--root-only",
            description =
                    "Make a new root and cross certificates, and nothing else: on the machine" + " without a network.")
    private boolean rootOnly;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = CaNameArgument.class,
            description = "Name of the next issuing CA; the next number when not given.")
    private @Nullable AuthorityName name;

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            converter = KeyTypeArgument.class,
            description = "Type of its key; that of the CA before when not given.")
    private @Nullable KeyType type;

    @Override
    Path directory() throws FailedCommandException {
        return where.directory();
    }

    @Override
    Ceremony open(CeremonyDirectory directory, TerminalPins pins) throws CeremonyException, IOException {
        if (!rootOnly && activeFrom == null) {
            if (!where.isLocal()) {
                throw usage("--active-from is missing: say from when on the next CA issues");
            }
            activeFrom = clock().instant().plus(LOCAL_NOTICE);
        }
        return super.open(directory, pins);
    }

    @Override
    void steps(Ceremony ceremony) throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var rollover = new CaRollover(ceremony);
        if (root || rootOnly) {
            // Judged first: a root is not made for a CA that can then not be.
            var next = rootOnly ? Optional.<CaPlan>empty() : Optional.of(issuing(ceremony, rollover));
            makeRoot(ceremony, rollover);
            if (next.isPresent()) {
                makeIssuing(ceremony, next.get());
            }
            return;
        }
        makeIssuing(ceremony, issuing(ceremony, rollover));
    }

    private void makeRoot(Ceremony ceremony, CaRollover rollover)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var roots = rollover.roots();
        var next = roots.next();
        var directory = ceremony.directory();
        var plan = rootPlan(directory, next, Optional.of(roots.placeOfPrevious()), ceremony.now());
        warn(plan);
        makeRoot(ceremony, plan);
        var certificate = directory.roots().get(next.name());
        if (certificate == null) {
            throw new CeremonyException("The root " + next.name() + " was removed meanwhile; begin again.");
        }
        var previous = roots.previousName();
        crossCertify(ceremony, previous, next.name(), "knows only " + previous + " trusts " + next.name());
        crossCertify(ceremony, next.name(), previous, "knows only " + next.name() + " trusts " + previous);
    }

    private void crossCertify(Ceremony ceremony, AuthorityName by, AuthorityName certified, String effect)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var directory = ceremony.directory();
        var certificate = directory.roots().get(certified);
        if (certificate == null) {
            throw new CeremonyException(
                    "The certificate of " + certified + " is not in " + directory.path() + "/roots; restore it.");
        }
        step(
                directory.cross().containsKey(RootSteps.crossName(certified, by)),
                "Certify it?",
                () -> new RootSteps(ceremony).crossCertify(by, certified, certificate),
                by + " will certify " + certified + ", so that whoever " + effect + ".");
    }

    private CaPlan issuing(Ceremony ceremony, CaRollover rollover)
            throws CeremonyException, MalformedException, IOException {
        if (activeFrom == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        var at = activeFrom.truncatedTo(ChronoUnit.SECONDS);
        var previous = rollover.previous();
        var next = rollover.next(previous, Optional.ofNullable(name), at);
        var place = place(ceremony.directory(), next, previous.place());
        var wanted = type == null ? CaRollover.type(previous) : type;
        return new CaPlan(next, place, wanted, validity(), rollover.activeFrom(next, at));
    }

    private void makeIssuing(Ceremony ceremony, CaPlan plan)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var next = plan.name().name();
        var steps = new IssuingSteps(ceremony);
        var signer = new RootSteps(ceremony).newest();
        warn(plan);
        String[] will = {
            willBeMade("The issuing CA ", plan),
            "  subject: " + plan.name().subject(),
            "  active from " + plan.activeFrom()
        };
        if (signer.isPresent()) {
            will[0] += " Certified by " + signer.get() + ".";
            step(
                    ceremony.directory().chains().containsKey(next),
                    "Make the issuing CA?",
                    () -> steps.create(plan, signer.get()),
                    will);
        } else {
            will[0] += " The root is elsewhere: a request is written, to carry to it.";
            var request = step(
                    ceremony.directory().request(next).isPresent(),
                    "Make the key and the request?",
                    () -> steps.request(plan),
                    will);
            err().println("Next: carry " + request.file()
                    + " to the root, and compare the key id by voice. There: evenroll ca sign "
                    + request.file().getFileName() + " --directory ROOT_DIR --out CHAIN. Here again, before "
                    + plan.activeFrom() + ": evenroll ca install CHAIN --directory "
                    + ceremony.directory().path());
        }
        report(steps.activate(next, plan.activeFrom()));
    }
}
