package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.trust.RegistrationAuthorityCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll authority certificate`.
@Command(
        name = "certificate",
        description = "Issues a certificate for a registration authority, by the CA of the local stack.",
        footer = "It may do nothing before `evenroll authority set NAME` says for which devices it speaks.",
        mixinStandardHelpOptions = true)
final class AuthorityCertificateCommand extends OperatorCommand {

    @Parameters(
            paramLabel = "NAME",
            converter = AuthorityNameArgument.class,
            description = "Common name of the certificate.")
    private String name = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where key.pem and certificate.pem are written; neither may be there.")
    private @Nullable Path out;

    @Option(
            names = "--valid-for",
            paramLabel = "TIME",
            defaultValue = "397d",
            converter = DurationArgument.class,
            description = "How long it is valid (default: ${DEFAULT-VALUE}).")
    private Duration validFor = Duration.ofDays(397);

    @Override
    void run(Operator operator) throws FailedCommandException, IOException {
        if (out == null) {
            throw usage("Missing required option: '--out'");
        }
        if (!validFor.isPositive()) {
            throw usage("--valid-for must be longer than nothing");
        }
        var authority = operator.connection().registrationAuthority();
        var certificates = new RegistrationAuthorityCertificates(
                authority.keyStore(), authority.passwordFile(), InstantSource.system());
        var directory = out.toAbsolutePath();
        var issued = certificates.issue(
                name, validFor, directory.resolve(AuthorityOption.CERTIFICATE), directory.resolve(AuthorityOption.KEY));
        var end = issued.getNotAfter().toInstant().toString();
        if (format() == OutputFormat.JSON) {
            print(Map.of("name", name, "notAfter", end, "directory", directory.toString()));
        } else {
            out().println("Authority " + name + " has a certificate, valid until " + end + ", in " + directory + ".");
        }
    }
}
