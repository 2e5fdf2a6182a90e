package dev.evenroll.cli.credentials;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.request.CertificationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// What one device keeps, PEM, mode 0600:
///
/// | file | |
/// |---|---|
/// | `idevid-key.pem`, `idevid.pem` | what its manufacturer gave it |
/// | `key.pem`, `certificate.pem` | its present key and certificate |
/// | `chain.pem` | certificates of the CA, as `/cacerts` gave them |
/// | `request.pem` | a first request without an answer; its key is `key.pem` |
/// | `next-key.pem`, `next-request.pem` | a renewal without an answer |
/// | `previous/<serial number>-*.pem` | what was renewed, or set aside |
/// | `previous/unanswered-<SHA-256 of the key>-*.pem` | a request that was given up, and its key |
///
/// A request is written before its key, and nothing is sent before both are there: whatever is interrupted is taken up
/// by the next call, with the same request. No key is ever overwritten.
public final class DeviceDirectory {

    private final Path directory;

    public DeviceDirectory(Path directory) {
        this.directory = directory;
    }

    public Path path() {
        return directory;
    }

    public Path key() {
        return file("key.pem");
    }

    public Path certificate() {
        return file("certificate.pem");
    }

    public Path chain() {
        return file("chain.pem");
    }

    /// What the manufacturer gave the device, if it is here.
    public Optional<ClientIdentity> idevid() throws IOException, CredentialsException {
        return Files.exists(file("idevid.pem"))
                ? Optional.of(IdentityFiles.read(file("idevid.pem"), file("idevid-key.pem")))
                : Optional.empty();
    }

    public void storeIdevid(ClientIdentity idevid) throws IOException {
        OwnerOnly.directory(directory);
        OwnerOnly.write(file("idevid-key.pem"), Pem.encode(idevid.key()));
        OwnerOnly.write(file("idevid.pem"), Pem.encode(idevid.chain()));
    }

    /// The present certificate with its key, if there is one.
    public Optional<ClientIdentity> present() throws IOException, CredentialsException {
        if (!Files.exists(certificate())) {
            return Optional.empty();
        }
        finishRenewal();
        return Optional.of(IdentityFiles.read(certificate(), key()));
    }

    /// The first request: the one that has no answer yet, or a new one with a new key.
    public PendingRequest firstRequest(String deviceId) throws IOException, CredentialsException {
        if (Files.exists(certificate())) {
            throw new CredentialsException(deviceId + " has a certificate in " + directory
                    + ": renew it with --renew, or enroll with --anew if it was revoked.");
        }
        if (Files.exists(key()) && !Files.exists(file("request.pem"))) {
            throw new CredentialsException(key() + " exists and is no key of an enrollment that was begun: it is not"
                    + " overwritten. Name another directory with --out.");
        }
        return pending(deviceId, key(), file("request.pem"), key -> CertificationRequests.create(key, deviceId));
    }

    /// The request of the next certificate: the one that has no answer yet, or a new one with a new key.
    public PendingRequest nextRequest(String deviceId, X509Certificate present)
            throws IOException, CredentialsException {
        return pending(
                deviceId,
                file("next-key.pem"),
                file("next-request.pem"),
                key -> CertificationRequests.renew(key, present));
    }

    private PendingRequest pending(String deviceId, Path keyFile, Path requestFile, Function<KeyPair, Der> requesting)
            throws IOException, CredentialsException {
        if (!Files.exists(keyFile)) {
            OwnerOnly.directory(directory);
            KeyPair key = Keys.generateP256();
            var request = requesting.apply(key);
            OwnerOnly.write(requestFile, Pem.encodeCertificationRequest(request));
            OwnerOnly.write(keyFile, Pem.encode(key.getPrivate()));
            return new PendingRequest(request, key.getPublic());
        }
        return begun(deviceId, requestFile);
    }

    private PendingRequest begun(String deviceId, Path requestFile) throws IOException, CredentialsException {
        try {
            var request = CertificationRequest.decode(Pem.decodeCertificationRequest(Files.readString(requestFile)));
            var name = request.commonName().orElse("nobody");
            if (!name.equals(deviceId)) {
                throw new CredentialsException(directory + " belongs to the device " + name + ", not to " + deviceId
                        + ": name another directory with --out.");
            }
            var key = SubjectPublicKeyInfo.getInstance(
                    request.subjectPublicKeyInfo().bytes());
            return new PendingRequest(request.der(), BouncyCastle.publicKey(key));
        } catch (MalformedException | GeneralSecurityException e) {
            throw IdentityFiles.unusable(requestFile, e);
        }
    }

    /// Keeps the first certificate.
    public void enrolled(X509Certificate issued, List<X509Certificate> caChain) throws IOException {
        OwnerOnly.write(chain(), Pem.encode(caChain));
        OwnerOnly.write(certificate(), Pem.encode(issued));
        Files.deleteIfExists(file("request.pem"));
    }

    /// Keeps the next certificate in place of the present one, which moves to `previous`.
    public void renewed(X509Certificate issued, List<X509Certificate> caChain)
            throws IOException, CredentialsException {
        copyToPrevious(IdentityFiles.read(certificate(), key()));
        OwnerOnly.write(chain(), Pem.encode(caChain));
        OwnerOnly.write(certificate(), Pem.encode(issued));
        finishRenewal();
    }

    /// Moves the present certificate and its key to `previous`, or the first request without an answer and its key, so
    /// that the device can enroll as if for the first time. Nothing when there is neither.
    public void setAside(String deviceId) throws IOException, CredentialsException {
        var before = present();
        if (before.isEmpty()) {
            giveUp(deviceId, key(), file("request.pem"));
            return;
        }
        copyToPrevious(before.get());
        for (var name : List.of("next-key.pem", "next-request.pem", "request.pem")) {
            Files.deleteIfExists(file(name));
        }
        Files.delete(certificate());
        Files.delete(key());
    }

    /// Moves the renewal without an answer and its key to `previous`, so that the next one has a new key. The present
    /// certificate stays. Nothing when there is none.
    public void setRenewalAside(String deviceId) throws IOException, CredentialsException {
        // A renewal that was cut short after its answer is none without an answer.
        if (present().isPresent()) {
            giveUp(deviceId, file("next-key.pem"), file("next-request.pem"));
        }
    }

    /// The key moves first: a request without its key is written anew. It is kept, for the answer may have been lost.
    private void giveUp(String deviceId, Path keyFile, Path requestFile) throws IOException, CredentialsException {
        if (!Files.exists(keyFile) || !Files.exists(requestFile)) {
            return;
        }
        var key = begun(deviceId, requestFile).key();
        var previous = directory.resolve("previous");
        var name = "unanswered-" + Der.of(key.getEncoded()).sha256Hex();
        OwnerOnly.directory(previous);
        Files.move(keyFile, previous.resolve(name + "-key.pem"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(requestFile, previous.resolve(name + "-request.pem"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void copyToPrevious(ClientIdentity before) throws IOException {
        var previous = directory.resolve("previous");
        var serialNumber = CertificateId.hex(before.certificate().getSerialNumber());
        OwnerOnly.directory(previous);
        OwnerOnly.write(previous.resolve(serialNumber + "-key.pem"), Pem.encode(before.key()));
        OwnerOnly.write(previous.resolve(serialNumber + "-certificate.pem"), Pem.encode(before.chain()));
    }

    /// The certificate is the first to be replaced: if its key still stands beside, the process died in between.
    private void finishRenewal() throws IOException, CredentialsException {
        var nextKey = file("next-key.pem");
        if (Files.exists(nextKey)
                && KeyPossession.fits(
                        IdentityFiles.key(nextKey),
                        IdentityFiles.certificates(certificate()).getFirst())) {
            Files.move(nextKey, key(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(file("next-request.pem"));
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
