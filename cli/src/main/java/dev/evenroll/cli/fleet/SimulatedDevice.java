package dev.evenroll.cli.fleet;

import dev.evenroll.cli.est.EnrollmentAnswer.Decided;
import dev.evenroll.cli.est.EnrollmentAnswer.Issued;
import dev.evenroll.cli.est.EnrollmentAnswer.Refused;
import dev.evenroll.cli.est.PatientClient;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A charger: it has an identity from its manufacturer, makes keys, and asks for certificates until it has an answer.
///
/// Owned by one thread at a time.
public final class SimulatedDevice {

    private final String deviceId;
    private final ClientIdentity idevid;
    private final PatientClient client;
    private KeyPair key;
    private @Nullable X509Certificate certificate;

    SimulatedDevice(String deviceId, ClientIdentity idevid, PatientClient client) {
        this.deviceId = deviceId;
        this.idevid = idevid;
        this.client = client;
        this.key = Keys.generateP256();
    }

    public String deviceId() {
        return deviceId;
    }

    /// The key that it asks with, or that its certificate is for.
    public KeyPair key() {
        return key;
    }

    /// Its present certificate.
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /// What the manufacturer gave it.
    public ClientIdentity idevid() {
        return idevid;
    }

    /// What it proves in a handshake once it is enrolled: its present certificate.
    public Optional<ClientIdentity> identity() {
        return certificate().map(present -> new ClientIdentity(key.getPrivate(), List.of(present)));
    }

    /// Asks for its first certificate. Asked again, it sends another request for the same key.
    public Ending enrolls() throws InterruptedException {
        return enrollsAs(deviceId);
    }

    /// Asks for a certificate with the name of another device.
    public Ending enrollsAs(String name) throws InterruptedException {
        var request = CertificationRequests.create(key, name);
        return ending(key, () -> client.enroll(idevid, request, key.getPublic()));
    }

    /// Asks for a certificate of a key that it did not make.
    public Ending enrollsWith(KeyPair other) throws InterruptedException {
        key = other;
        return enrolls();
    }

    /// Asks with its present certificate for the next one, with a new key.
    ///
    /// @throws IllegalStateException when it has none
    public Ending renews() throws InterruptedException {
        var present = identity()
                .orElseThrow(
                        () -> new IllegalStateException(deviceId + " has no certificate to renew; enroll it first"));
        var next = Keys.generateP256();
        var request = CertificationRequests.renew(next, present.certificate());
        return ending(next, () -> client.renew(present, request, next.getPublic()));
    }

    private Ending ending(KeyPair requested, Asking asking) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return switch (asking.ask()) {
                case Issued(X509Certificate issued) -> {
                    key = requested;
                    certificate = issued;
                    yield new Ending.Issued(issued, since(start));
                }
                case Refused(int status, String text) -> new Ending.Refused(status, text, since(start));
            };
        } catch (FaultException | FinalException e) {
            return new Ending.Unanswered(String.valueOf(e.getMessage()), since(start));
        }
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @FunctionalInterface
    private interface Asking {
        Decided ask() throws FaultException, FinalException, InterruptedException;
    }
}
