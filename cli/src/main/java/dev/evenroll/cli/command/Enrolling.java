package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.credentials.DeviceDirectory;
import dev.evenroll.cli.credentials.PendingRequest;
import dev.evenroll.cli.est.EnrollmentAnswer.Decided;
import dev.evenroll.cli.est.EnrollmentAnswer.Issued;
import dev.evenroll.cli.est.EnrollmentAnswer.Refused;
import dev.evenroll.cli.est.PatientClient;
import dev.evenroll.cli.est.UndecidedException;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Gets certificates for devices at one server, and keeps them in the devices' directories.
///
/// @param client that asks
/// @param caChain to which every certificate has to lead
/// @param nextStep of who gets none
record Enrolling(PatientClient client, List<X509Certificate> caChain, NextStep nextStep) {

    Enrolling {
        caChain = List.copyOf(caChain);
    }

    /// How a request is sent: with which proof.
    interface Asking {
        Decided ask(PatientClient client, PendingRequest request)
                throws FaultException, FinalException, InterruptedException;
    }

    /// A first certificate.
    X509Certificate first(String id, DeviceDirectory directory, Asking asking)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var certificate = accepted(id, directory, decided(id, directory, asking, directory.firstRequest(id)));
        directory.enrolled(certificate, caChain);
        return certificate;
    }

    /// The successor of the present certificate.
    X509Certificate next(String id, DeviceDirectory directory)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var present = directory.present();
        if (present.isEmpty()) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    id + " has no certificate in " + directory.path() + ": enroll it first, without --renew.");
        }
        var pending = directory.nextRequest(id, present.get().certificate());
        Asking asking = (asked, request) -> asked.renew(present.get(), request.request(), request.key());
        var certificate = accepted(id, directory, decided(id, directory, asking, pending));
        directory.renewed(certificate, caChain);
        return certificate;
    }

    private Decided decided(String id, DeviceDirectory directory, Asking asking, PendingRequest pending)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try {
            return asking.ask(client, pending);
        } catch (UndecidedException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "There is no decision about " + id + " yet: it waits for a person (evenroll approval list), or"
                            + " csr-validator does not answer. Key and request are kept in " + directory.path() + ": "
                            + nextStep.again()
                            + " to ask again, or give --wait more seconds.",
                    e);
        }
    }

    private X509Certificate accepted(String id, DeviceDirectory directory, Decided decided)
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
                        id + " was refused (" + status + "):\n" + text.indent(2).stripTrailing() + "\n"
                                + nextStep.afterRefusal(text, directory.path()));
        };
    }
}
