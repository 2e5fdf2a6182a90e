package dev.evenroll.cli.fleet;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.stack.Connection;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// The demonstration: registers a fleet, enrolls every device of it over EST and mutual TLS, and looks whether each
/// ended as it should.
///
/// Nothing that passes stops it: a service that is killed and started again only makes the devices wait.
public final class Demo {

    private static final String ACTOR = "demo";
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("'DEMO'yyMMddHHmmss").withZone(ZoneOffset.UTC);

    private Demo() {}

    /// Runs one demonstration at a stack that is ready. Its devices have serial numbers of their own, so that it can
    /// be repeated.
    ///
    /// @param progress where to say how far it has come; the result is not printed, see [DemoReport]
    /// @throws FailedCommandException when it could not begin
    public static DemoResult run(Connection connection, DemoOptions options, PrintWriter progress)
            throws FailedCommandException, InterruptedException {
        var clock = InstantSource.system();
        var plan = FleetPlan.of(options.devices(), RUN.format(clock.instant()));
        var told = new Progress(plan, progress, options.terminal(), clock);
        var patience = Patience.of(options.patience()).telling(told::waiting);
        try (var fleet = SimulatedFleet.at(connection, ACTOR, patience)) {
            // Also loads what TLS and EST need, before the first device's time is taken.
            fleet.caCertificates();
            var run = new DemoRun(fleet, plan, options, told);
            run.register();
            long start = System.nanoTime();
            var ends = run.enroll();
            var enrolling = Duration.ofNanos(System.nanoTime() - start);
            return new DemoResult(ends, enrolling, certificate(ends, options.directory()), chain(connection, ends));
        } catch (IOException | MalformedException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "The demonstration could not begin: " + e.getMessage()
                            + " - start the stack again with `evenroll up`.",
                    e);
        } catch (FaultException | FinalException e) {
            throw new FailedCommandException(
                    ExitCode.UNREACHABLE, "The demonstration could not begin: " + e.getMessage(), e);
        }
    }

    /// The file with the chain of the CA that issued the certificate which is shown.
    private static Path chain(Connection connection, List<DeviceEnd> ends) throws IOException, MalformedException {
        var shown = ends.stream()
                .map(DeviceEnd::ending)
                .filter(Ending.Issued.class::isInstance)
                .map(Ending.Issued.class::cast)
                .findFirst();
        for (var file : connection.caChains()) {
            var issuing = Pem.decodeCertificates(Files.readString(file)).getFirst();
            if (shown.isPresent()
                    && shown.get().certificate().getIssuerX500Principal().equals(issuing.getSubjectX500Principal())) {
                return file;
            }
        }
        return connection.caChain();
    }

    private static Optional<Path> certificate(List<DeviceEnd> ends, Path directory) throws IOException {
        for (var end : ends) {
            if (end.ending() instanceof Ending.Issued issued) {
                Files.createDirectories(directory);
                var file = directory.resolve(end.device().deviceId() + ".pem");
                return Optional.of(Files.writeString(file, Pem.encode(issued.certificate())));
            }
        }
        return Optional.empty();
    }
}
