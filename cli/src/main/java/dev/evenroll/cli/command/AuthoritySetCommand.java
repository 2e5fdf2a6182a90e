package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Authorities;
import dev.evenroll.cli.administration.Authority;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `evenroll authority set`.
@Command(
        name = "set",
        description = "Enters or changes a registration authority.",
        footer =
                "What is not given stays as it is; sites, manufacturers, certificates and CAs that are given take the place"
                        + " of all before.",
        mixinStandardHelpOptions = true)
final class AuthoritySetCommand extends OperatorCommand {

    private static final int PRECONDITION_FAILED = 412;

    @Parameters(
            paramLabel = "NAME",
            converter = AuthorityNameArgument.class,
            description = "Common name of its certificate.")
    private String name = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = KindArgument.class,
            description = "local-controller or factory-line; needed for a new one.")
    private Authority.@Nullable Kind kind;

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "Local controller: a site whose devices it may enroll; may be repeated.")
    private List<String> sites = List.of();

    @Option(
            names = "--manufacturer",
            paramLabel = "NAME",
            description = "Factory line: a manufacturer whose devices it may enroll; may be repeated.")
    private List<String> manufacturers = List.of();

    @Option(names = "--inactive", description = "It may enroll nobody for the time being.")
    private boolean inactive;

    @Option(names = "--active", description = "It may enroll again.")
    private boolean active;

    @Mixin
    private BindingOptions binding = new BindingOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /// Reads `local-controller`.
    static final class KindArgument implements ITypeConverter<Authority.Kind> {
        @Override
        public Authority.Kind convert(String value) {
            try {
                return Authority.Kind.valueOf(value.replace('-', '_').toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + value + "' is no kind of authority; those are local-controller and factory-line");
            }
        }
    }

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (active && inactive) {
            throw usage("--active and --inactive exclude each other");
        }
        try (var authorities = operator.authorities()) {
            var before = authorities.find(name);
            var wanted = wanted(before);
            if (before.isPresent() && before.get().active() && !wanted.active()) {
                confirmation.ask(
                        this,
                        "Deactivate it?",
                        "Nothing was changed.",
                        "Authority " + name + " (" + wanted.kind() + ") enrolls no device any more until --active.");
            }
            var after = set(authorities, wanted);
            if (format() == OutputFormat.JSON) {
                print(after.fields());
            } else {
                out().println("Authority " + Printable.line(after.name()) + " is "
                        + (before.isPresent() ? "changed:" : "entered:"));
                Facts.print(after.fields(), out());
            }
            if (!after.isBound()) {
                err().println("It is bound to nothing: any certificate with this CN of the only CA for registration"
                        + " authorities is its own. Bind it with --issuer FILE or --certificate FILE.");
            }
        }
    }

    private Authority wanted(Optional<Authority> before) throws FailedCommandException, IOException {
        if (before.isEmpty() && kind == null) {
            throw usage("There is no authority " + name + " yet: give --kind local-controller or --kind factory-line");
        }
        var wantedKind = kind == null ? before.orElseThrow().kind() : kind;
        var wantedSites = sites.isEmpty() ? before.map(Authority::sites).orElse(List.of()) : sites;
        var wantedManufacturers =
                manufacturers.isEmpty() ? before.map(Authority::manufacturers).orElse(List.of()) : manufacturers;
        return switch (wantedKind) {
            case LOCAL_CONTROLLER -> {
                if (!manufacturers.isEmpty() || wantedSites.isEmpty()) {
                    throw usage("A local controller speaks for sites: give --site, and no --manufacturer");
                }
                yield wanted(before, wantedKind, wantedSites, List.of());
            }
            case FACTORY_LINE -> {
                if (!sites.isEmpty() || wantedManufacturers.isEmpty()) {
                    throw usage("A factory line speaks for manufacturers: give --manufacturer, and no --site");
                }
                yield wanted(before, wantedKind, List.of(), wantedManufacturers);
            }
        };
    }

    private Authority wanted(
            Optional<Authority> before, Authority.Kind wantedKind, List<String> wantedSites, List<String> wantedNames)
            throws FailedCommandException, IOException {
        boolean wasActive = before.map(Authority::active).orElse(true);
        return new Authority(
                name,
                wantedKind,
                wantedSites,
                wantedNames,
                active || (wasActive && !inactive),
                binding.certificates(
                        this, before.map(Authority::certificateSha256).orElse(List.of())),
                binding.issuers(this, before.map(Authority::issuerSha256).orElse(List.of())),
                before.map(Authority::revision).orElse(OptionalLong.empty()));
    }

    private Authority set(Authorities authorities, Authority wanted)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try {
            return authorities.set(wanted);
        } catch (RefusedException e) {
            if (e.status() != PRECONDITION_FAILED) {
                throw e;
            }
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "Authority " + name + " was changed by somebody else meanwhile; nothing is changed. Look at it with"
                            + " `evenroll authority show " + name + "`, then repeat the command.",
                    e);
        }
    }
}
