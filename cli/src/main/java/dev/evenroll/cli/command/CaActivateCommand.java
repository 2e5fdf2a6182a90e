package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.IssuingSteps;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll ca activate`.
@Command(
        name = "activate",
        description = "Sets from when on an issuing CA is the active one: sooner, later, or an earlier CA again.",
        mixinStandardHelpOptions = true)
final class CaActivateCommand extends CaStepCommand {

    @Mixin
    private LocalCaDirectoryOption where = new LocalCaDirectoryOption();

    @Parameters(paramLabel = "NAME", converter = CaNameArgument.class, description = "Name of the issuing CA.")
    private @Nullable AuthorityName name;

    @Option(
            names = "--active-from",
            required = true,
            paramLabel = "TIME",
            converter = InstantArgument.class,
            description = "For example 2027-01-31, 2027-01-31T12:00:00Z, or 30d from now on.")
    private Instant activeFrom = Instant.EPOCH;

    @Override
    Path directory() throws FailedCommandException {
        return where.directory();
    }

    @Override
    void steps(Ceremony ceremony) throws CeremonyException, FailedCommandException, IOException {
        if (name == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        var wanted = name;
        var at = activeFrom.truncatedTo(ChronoUnit.SECONDS);
        var steps = new IssuingSteps(ceremony);
        steps.requireActivatable(wanted, at);
        step(
                false,
                "Set the time?",
                () -> steps.activate(wanted, at),
                "The issuing CA " + wanted + " will be the active one from " + at + " on,",
                "unless another one has a newer time that is not in the future.");
    }
}
