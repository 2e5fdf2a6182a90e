package dev.evenroll.cli.credentials;

import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate and its private key in two PEM files.
public final class IdentityFiles {

    private IdentityFiles() {}

    /// Reads both.
    ///
    /// @throws CredentialsException when a file is absent or of another kind, or the key is not that of the
    /// certificate
    public static ClientIdentity read(Path certificateFile, Path keyFile) throws IOException, CredentialsException {
        var identity = new ClientIdentity(key(keyFile), certificates(certificateFile));
        if (!KeyPossession.fits(identity.key(), identity.certificate())) {
            throw new CredentialsException("The key in " + keyFile + " is not that of the certificate in "
                    + certificateFile + ": give files that belong together.");
        }
        return identity;
    }

    static PrivateKey key(Path file) throws IOException, CredentialsException {
        try {
            return Pem.decodePrivateKey(text(file));
        } catch (MalformedException e) {
            throw unusable(file, e);
        }
    }

    static List<X509Certificate> certificates(Path file) throws IOException, CredentialsException {
        try {
            return Pem.decodeCertificates(text(file));
        } catch (MalformedException e) {
            throw unusable(file, e);
        }
    }

    static CredentialsException unusable(Path file, Exception reason) {
        return new CredentialsException(file + " can not be used: " + reason.getMessage() + ".");
    }

    private static String text(Path file) throws IOException, CredentialsException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CredentialsException(file + " is missing: restore it, or begin in another directory with --out.");
        }
    }
}
