package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.credentials.DeviceDirectory;
import dev.evenroll.cli.credentials.IdentityFiles;
import dev.evenroll.cli.est.EstClient;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.est.PatientClient;
import dev.evenroll.cli.est.TokenCredentials;
import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll enroll`: acts as one device, or as the authority in front of several.
@Command(
        name = "enroll",
        description = "Acts as one device: makes a key, asks for a certificate, keeps both.",
        footer = "An interrupted enrollment is taken up by the next call without --anew. Keys are never overwritten.",
        mixinStandardHelpOptions = true)
public final class EnrollCommand extends OperatorCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "DEVICE",
            converter = DeviceArgument.class,
            description = "Serial number; several with --as-authority.")
    private List<DeviceId> devices = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where its keys and certificates are kept (default: devices/DEVICE in the data directory).")
    private @Nullable Path out;

    @Option(names = "--renew", description = "Asks with the present certificate for the next one, with a new key.")
    private boolean renew;

    @Option(
            names = "--anew",
            description =
                    "Begins with a new key: puts aside the request that has no certificate, because it was refused"
                            + " for good, or the present certificate, because it was revoked. With --renew the certificate"
                            + " stays.")
    private boolean anew;

    @Option(
            names = "--idevid-certificate",
            paramLabel = "FILE",
            description = "PEM: its manufacturer certificate (default: one from the simulated manufacturer).")
    private @Nullable Path idevidCertificate;

    @Option(names = "--idevid-key", paramLabel = "FILE", description = "PEM, PKCS #8: the key of that certificate.")
    private @Nullable Path idevidKey;

    @Mixin
    private EnrollmentProof proof = new EnrollmentProof();

    @Mixin
    private AuthorityOption authority = new AuthorityOption();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to go on asking (default: ${DEFAULT-VALUE}).")
    private int waitSeconds = 60;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        check();
        var clock = InstantSource.system();
        var brought = proof.read(devices.getFirst(), this);
        var server = EstServer.of(
                brought.flatMap(EnrollmentProof.Brought::server)
                        .orElse(operator.connection().est()),
                operator.caChain());
        // Without patience: where no server answers at all, the person need not wait to be told.
        var caChain = new EstClient(server, Optional.empty(), clock).caCertificates();
        var client = new PatientClient(server, Patience.of(Duration.ofSeconds(waitSeconds)), clock);
        var enrolling = new Enrolling(client, caChain, new NextStep(anew));
        var enrolled = new ArrayList<EnrolledDevice>();
        var failed = 0;
        for (var device : devices) {
            try {
                enrolled.add(enrolled(device.value(), operator, enrolling, brought));
            } catch (FailedCommandException refused) {
                if (devices.size() == 1) {
                    throw refused;
                }
                failed++;
                err().println(refused.getMessage());
            }
        }
        report(enrolled);
        if (failed > 0) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    failed + " of " + devices.size() + " devices have no certificate; why is said above.");
        }
    }

    private void check() {
        if ((idevidCertificate == null) != (idevidKey == null)) {
            throw usage("--idevid-certificate and --idevid-key belong together: give both or none");
        }
        int proofs = proof.count() + (authority.given() ? 1 : 0) + (renew ? 1 : 0) + (idevidKey == null ? 0 : 1);
        if (proofs > 1) {
            throw usage(
                    "--token-file, --token-stdin, --qr, --as-authority, --renew and --idevid-key are different ways to"
                            + " be known: give one of them");
        }
        if (devices.size() > 1 && !authority.given()) {
            throw usage("Several devices are enrolled at once by an authority only: give --as-authority DIR");
        }
        if (devices.size() > 1 && out != null) {
            throw usage("--out is the directory of one device: leave it out for several");
        }
    }

    private EnrolledDevice enrolled(
            String id, Operator operator, Enrolling enrolling, Optional<EnrollmentProof.Brought> brought)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var directory = new DeviceDirectory(
                out == null ? data().directory().resolve("devices").resolve(id) : out.toAbsolutePath());
        long start = System.nanoTime();
        if (renew) {
            if (anew) {
                directory.setRenewalAside(id);
            }
            return EnrolledDevice.of(id, enrolling.next(id, directory), directory, start);
        }
        var asking = asking(id, directory, operator, brought);
        if (anew) {
            directory.setAside(id);
        }
        return EnrolledDevice.of(id, enrolling.first(id, directory, asking), directory, start);
    }

    private Enrolling.Asking asking(
            String id, DeviceDirectory directory, Operator operator, Optional<EnrollmentProof.Brought> brought)
            throws FailedCommandException, IOException {
        if (brought.isPresent()) {
            var credentials = new TokenCredentials(id, brought.get().token());
            return (client, pending) -> client.enroll(credentials, pending.request(), pending.key());
        }
        var identity = authority.given() ? authority.identity() : idevid(id, directory, operator);
        return (client, pending) -> client.enroll(identity, pending.request(), pending.key());
    }

    private ClientIdentity idevid(String id, DeviceDirectory directory, Operator operator)
            throws FailedCommandException, IOException {
        if (idevidCertificate != null && idevidKey != null) {
            return IdentityFiles.read(idevidCertificate, idevidKey);
        }
        var kept = directory.idevid();
        if (kept.isPresent()) {
            return kept.get();
        }
        var manufacturer = SimulatedManufacturer.of(operator.connection().manufacturer(), InstantSource.system());
        var idevid = manufacturer.identify(id, Keys.generateP256());
        directory.storeIdevid(idevid);
        return idevid;
    }

    private void report(List<EnrolledDevice> enrolled) {
        if (format() != OutputFormat.JSON) {
            enrolled.forEach(device -> device.lines().forEach(out()::println));
        } else if (devices.size() == 1) {
            print(enrolled.getFirst().fields());
        } else {
            print(Map.of(
                    "devices", enrolled.stream().map(EnrolledDevice::fields).toList()));
        }
    }
}
