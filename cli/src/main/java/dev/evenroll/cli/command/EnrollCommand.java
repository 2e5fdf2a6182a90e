package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.credentials.DeviceDirectory;
import dev.evenroll.cli.credentials.IdentityFiles;
import dev.evenroll.cli.est.EnrollmentAnswer.Decided;
import dev.evenroll.cli.est.EnrollmentAnswer.Issued;
import dev.evenroll.cli.est.EnrollmentAnswer.Refused;
import dev.evenroll.cli.est.EstClient;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.est.PatientClient;
import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll enroll`: acts as one device.
@Command(
        name = "enroll",
        description = "Acts as one device: makes a key, asks for a certificate, keeps both.",
        footer = "An interrupted enrollment is taken up by the next call. Keys are never overwritten.",
        mixinStandardHelpOptions = true)
public final class EnrollCommand extends OperatorCommand {

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where its keys and certificates are kept (default: devices/DEVICE in the data directory).")
    private @Nullable Path out;

    @Option(names = "--renew", description = "Asks with the present certificate for the next one, with a new key.")
    private boolean renew;

    @Option(
            names = "--anew",
            description = "Puts a present certificate aside, because it was revoked, and enrolls with a new key.")
    private boolean anew;

    @Option(
            names = "--idevid-certificate",
            paramLabel = "FILE",
            description = "PEM: its manufacturer certificate (default: one from the simulated manufacturer).")
    private @Nullable Path idevidCertificate;

    @Option(names = "--idevid-key", paramLabel = "FILE", description = "PEM, PKCS #8: the key of that certificate.")
    private @Nullable Path idevidKey;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to go on asking (default: ${DEFAULT-VALUE}).")
    private int waitSeconds = 60;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (device == null) {
            throw usage("Missing required parameter: 'DEVICE'");
        }
        if ((idevidCertificate == null) != (idevidKey == null)) {
            throw usage("--idevid-certificate and --idevid-key belong together: give both or none");
        }
        if (renew && anew) {
            throw usage("--renew and --anew exclude each other: a revoked certificate can not be renewed");
        }
        var id = device.value();
        var directory = new DeviceDirectory(
                out == null ? data().directory().resolve("devices").resolve(id) : out.toAbsolutePath());
        var server = EstServer.of(operator.connection().est(), operator.caChain());
        var clock = InstantSource.system();
        var client = new PatientClient(server, Patience.of(Duration.ofSeconds(waitSeconds)), clock);
        long start = System.nanoTime();
        // Without patience: where no server answers at all, the person need not wait to be told.
        var caChain = new EstClient(server, Optional.empty(), clock).caCertificates();
        var certificate = renew
                ? renewed(id, directory, client, caChain)
                : enrolled(id, directory, client, caChain, idevid(id, directory, operator));
        report(id, certificate, directory, Duration.ofNanos(System.nanoTime() - start));
    }

    private X509Certificate enrolled(
            String id,
            DeviceDirectory directory,
            PatientClient client,
            List<X509Certificate> caChain,
            ClientIdentity idevid)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (anew) {
            directory.setAside();
        }
        var pending = directory.firstRequest(id);
        var certificate = accepted(id, directory, client.enroll(idevid, pending.request(), pending.key()), caChain);
        directory.enrolled(certificate, caChain);
        return certificate;
    }

    private X509Certificate renewed(
            String id, DeviceDirectory directory, PatientClient client, List<X509Certificate> caChain)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var present = directory.present();
        if (present.isEmpty()) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    id + " has no certificate in " + directory.path() + ": enroll it first, without --renew.");
        }
        var pending = directory.nextRequest(id, present.get().certificate());
        var certificate =
                accepted(id, directory, client.renew(present.get(), pending.request(), pending.key()), caChain);
        directory.renewed(certificate, caChain);
        return certificate;
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

    private static X509Certificate accepted(
            String id, DeviceDirectory directory, Decided decided, List<X509Certificate> caChain)
            throws FailedCommandException {
        return switch (decided) {
            case Issued(X509Certificate certificate) -> {
                var anchors = TrustAnchors.of(Map.of("cacerts", caChain));
                if (anchors.verify(List.of(certificate), InstantSource.system().instant())
                        instanceof PathResult.Untrusted(String reason)) {
                    throw new FailedCommandException(
                            ExitCode.FAILED, "The certificate that was issued is not kept: " + reason + ".");
                }
                yield certificate;
            }
            case Refused(int status, String text) ->
                throw new FailedCommandException(
                        ExitCode.FAILED,
                        id + " was refused (" + status + "):\n" + text.indent(2).stripTrailing()
                                + "\nOnce that is mended, run the same command again. Key and request are kept in "
                                + directory.path() + ". If its certificate was revoked, enroll with --anew.");
        };
    }

    private void report(String id, X509Certificate certificate, DeviceDirectory directory, Duration took) {
        var certificateId = CertificateId.of(certificate);
        if (format() == OutputFormat.JSON) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("deviceId", id);
            fields.put("certificateId", certificateId.value());
            fields.put("serialNumber", certificateId.serialNumber());
            fields.put("notBefore", certificate.getNotBefore().toInstant().toString());
            fields.put("notAfter", certificate.getNotAfter().toInstant().toString());
            fields.put("tookMillis", took.toMillis());
            fields.put("key", directory.key().toString());
            fields.put("certificate", directory.certificate().toString());
            fields.put("chain", directory.chain().toString());
            print(fields);
            return;
        }
        out().println(id + " has certificate " + certificateId.serialNumber() + ", valid until "
                + certificate.getNotAfter().toInstant() + ".");
        out().println("Key, certificate and chain are in " + directory.path() + ".");
        out().println("Verify it: openssl verify -CAfile " + directory.chain() + " " + directory.certificate());
    }
}
