package dev.evenroll.hsm.key;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// The certificate of an issuing CA and those above it, up to the root.
public final class CaChain {

    private CaChain() {}

    /// Reads a PEM file: the issuing CA first, the root last.
    public static IssuingCertificate read(Path file) throws UnusableKeystoreException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableKeystoreException(
                    "The CA chain " + file + " is not a file; create it, or correct the path in the configuration.",
                    null);
        }
        try {
            return checked(Pem.decodeCertificates(Files.readString(file)), "file " + file);
        } catch (IOException e) {
            throw new UnusableKeystoreException(
                    "The CA chain " + file + " can not be read; write the certificates in it as PEM, and let the user "
                            + "of this process read it.",
                    e);
        } catch (MalformedException e) {
            throw new UnusableKeystoreException("The CA chain " + file + " can not be used: " + e.getMessage(), e);
        }
    }

    /// @param source where the chain comes from, for the message
    static IssuingCertificate checked(List<X509Certificate> chain, String source) throws UnusableKeystoreException {
        var last = chain.getLast();
        if (!last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
            throw new UnusableKeystoreException(
                    "The chain of the " + source + " ends with "
                            + last.getSubjectX500Principal().getName()
                            + ", which is not a root; import the chain up to the root.",
                    null);
        }
        try {
            return IssuingCertificate.of(chain);
        } catch (IllegalArgumentException e) {
            throw new UnusableKeystoreException(
                    "The " + source + " is not that of an issuing CA: " + e.getMessage(), e);
        }
    }
}
