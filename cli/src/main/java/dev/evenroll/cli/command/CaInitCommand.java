package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CaPlan;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.IssuingSteps;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll ca init`.
@Command(
        name = "init",
        description = "Makes a root and an issuing CA for an environment.",
        footer = {
            "Interrupted, the same command goes on where it was.",
            "With a root that is offline: `ca init --root-offline` here, `ca init --root-only` and `ca sign` there,"
                    + " `ca install` here."
        },
        mixinStandardHelpOptions = true)
final class CaInitCommand extends CaMakingCommand {

    @Mixin
    private CaDirectoryOption where = new CaDirectoryOption();

    @Option(
            names = "--environment",
            required = true,
            paramLabel = "NAME",
            converter = EnvironmentArgument.class,
            description = "test, staging or production; stands in the names of the CAs.")
    private @Nullable Environment environment;

    @Option(names = "--organization", paramLabel = "NAME", description = "Whose CAs they are.")
    private @Nullable String organization;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = CaNameArgument.class,
            defaultValue = "issuing-1",
            description = "Name of the issuing CA (default issuing-1).")
    private AuthorityName name = CaName.Kind.ISSUING.name(1);

    @Option(
            names = "--root-name",
            paramLabel = "NAME",
            converter = CaNameArgument.class,
            defaultValue = "root-1",
            description = "Name of the root (default root-1).")
    private AuthorityName rootName = CaName.Kind.ROOT.name(1);

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            converter = KeyTypeArgument.class,
            defaultValue = "P-256",
            description = "P-256 (default), P-384, RSA-3072, RSA-4096, Ed25519; ML-DSA-44, -65, -87 with --software.")
    private KeyType type = KeyType.P_256;

    @Option(names = "--root-offline", description = "The root is elsewhere: make a request to carry to it.")
    private boolean rootOffline;

    @Option(names = "--root-only", description = "Make a root and nothing else: on the machine without a network.")
    private boolean rootOnly;

    @Override
    Path directory() {
        return where.directory();
    }

    @Override
    Ceremony open(CeremonyDirectory directory, TerminalPins pins) throws CeremonyException, IOException {
        if (rootOffline && rootOnly) {
            throw usage("--root-offline and --root-only exclude each other");
        }
        if (environment == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        // Names and places are judged before anything is made.
        new CaName(CaName.Kind.ROOT, rootName, Optional.ofNullable(organization), environment);
        new CaName(CaName.Kind.ISSUING, name, Optional.ofNullable(organization), environment);
        return Ceremony.begin(directory, environment, operator(), pins, clock());
    }

    @Override
    void steps(Ceremony ceremony) throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var root = new CaName(CaName.Kind.ROOT, rootName, Optional.ofNullable(organization), ceremony.environment());
        if (rootOnly) {
            makeRoot(ceremony, root, Optional.empty());
            err().println("Next: carry requests here, and sign them: evenroll ca sign REQUEST --directory "
                    + ceremony.directory().path() + " --out CHAIN");
            return;
        }
        var issuingName = root.of(CaName.Kind.ISSUING, name);
        var place = place(ceremony.directory(), issuingName, Optional.empty());
        var issuing = new CaPlan(issuingName, place, type, validity(), ceremony.now());
        warn(issuing);
        if (rootOffline) {
            makeRequest(ceremony, issuing);
            return;
        }
        makeRoot(ceremony, root, Optional.of(place));
        boolean done = ceremony.directory().chains().containsKey(name);
        step(
                done,
                "Make the issuing CA?",
                () -> new IssuingSteps(ceremony).create(issuing, rootName),
                willBeMade("The issuing CA ", issuing),
                "  subject: " + issuing.name().subject(),
                "  certified by " + rootName + "; active at once");
    }

    private void makeRoot(Ceremony ceremony, CaName root, Optional<KeyPlace> neighbour)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var plan = rootPlan(ceremony.directory(), root, neighbour, ceremony.now());
        warn(plan);
        warnOfSharedToken(plan.place(), neighbour);
        makeRoot(ceremony, plan);
    }

    private void makeRequest(Ceremony ceremony, CaPlan issuing)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        boolean done = ceremony.directory().request(name).isPresent();
        var request = step(
                done,
                "Make the key and the request?",
                () -> new IssuingSteps(ceremony).request(issuing),
                "The key of the issuing CA " + name + " will be made: " + type + ", " + issuing.key() + ".",
                "  subject: " + issuing.name().subject(),
                "  A request for its certificate is written, to carry to the root.");
        err().println("Next: carry " + request.file()
                + " to the root, and compare the key id by voice. There: evenroll ca sign "
                + request.file().getFileName() + " --directory ROOT_DIR --out CHAIN. Here again: evenroll ca install"
                + " CHAIN --directory " + ceremony.directory().path()
                + " --root-fingerprint SHA-256-OF-THE-ROOT");
    }
}
